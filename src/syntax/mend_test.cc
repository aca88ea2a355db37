#include "syntax/mend.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace dateline::syntax {
namespace {

/// Words as "form/upos/relation/head", the head counted from 1, 0 for the root; verbs are in the
/// past.
Story Read(const std::string& words) {
  Story story;
  story.sentences.emplace_back();
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    std::istringstream parts(word);
    std::string form;
    std::string head;
    Token& token = story.tokens.emplace_back();
    std::getline(parts, form, '/');
    std::getline(parts, token.upos, '/');
    std::getline(parts, token.deprel, '/');
    std::getline(parts, head);
    if (head != "0") token.head = TokenIndex{static_cast<std::uint32_t>(std::stoul(head) - 1)};
    if (token.upos == "VERB") token.feats = "Tense=Past|VerbForm=Fin";
    token.span = MakeSpan(story.text.size(), story.text.size() + form.size());
    story.text += form + " ";
  }
  return story;
}

/// "form/relation/head" of each word after mending.
std::string Mended(const std::string& words) {
  Story story = Read(words);
  MendTree(story, 0, story.tokens.size());
  std::string out;
  for (const Token& token : story.tokens) {
    out += std::string(FormOf(token, story.text)) + "/" + token.deprel + "/" +
           std::to_string(token.head ? Raw(*token.head) + 1 : 0) + " ";
  }
  return out;
}

TEST(Mend, ASecondSubjectBehindTheVerbIsItsObject) {
  EXPECT_EQ(Mended("Lee/PROPN/nsubj/2 rang/VERB/root/0 Diaz/PROPN/nsubj/2"),
            "Lee/nsubj/2 rang/root/0 Diaz/obj/2 ");
}

TEST(Mend, ASecondSubjectBehindTheObjectStandsBesideIt) {
  EXPECT_EQ(Mended("Lee/PROPN/nsubj/2 summoned/VERB/root/0 envoy/NOUN/obj/2 ,/PUNCT/punct/5 "
                   "Diaz/PROPN/nsubj/2"),
            "Lee/nsubj/2 summoned/root/0 envoy/obj/2 ,/punct/5 Diaz/appos/3 ");
}

TEST(Mend, SaidBeforeACapitalIsAName) {
  EXPECT_EQ(Mended("They/PRON/nsubj/2 met/VERB/ccomp/5 envoys/NOUN/obj/2 ,/PUNCT/punct/2 "
                   "Said/VERB/root/0 Diaz/PROPN/nsubj/5 ./PUNCT/punct/5"),
            "They/nsubj/2 met/root/0 envoys/obj/2 ,/punct/2 Said/appos/3 Diaz/flat/5 ./punct/2 ");
}

TEST(Mend, ShotDeadIsAVerb) {
  EXPECT_EQ(
      Mended("A/DET/det/2 soldier/NOUN/compound/3 shot/NOUN/root/0 dead/ADJ/amod/3 a/DET/det/6 "
             "boy/NOUN/obj/3"),
      "A/det/2 soldier/nsubj/3 shot/root/0 dead/xcomp/3 a/det/6 boy/obj/3 ");
  const std::string screen = "shot/NOUN/root/0 glass/NOUN/obj/1";
  EXPECT_EQ(Mended(screen), "shot/root/0 glass/obj/1 ");
}

TEST(Mend, AWordWithAnObjectIsAVerb) {
  EXPECT_EQ(Mended("Rebel/NOUN/amod/2 fighters/NOUN/compound/3 storm/NOUN/root/0 port/NOUN/obj/3"),
            "Rebel/amod/2 fighters/nsubj/3 storm/root/0 port/obj/3 ");
  EXPECT_EQ(Mended("The/DET/det/2 bloc/NOUN/root/0 SADC/PROPN/obj/2 froze/ADV/advmod/2 "
                   "assets/NOUN/obj/4 ./PUNCT/punct/2"),
            "The/det/2 bloc/nsubj/4 SADC/appos/2 froze/root/0 assets/obj/4 ./punct/4 ");
  const std::string worth = "aid/NOUN/root/0 worth/ADJ/amod/1 millions/NOUN/obj/2";
  EXPECT_EQ(Mended(worth), "aid/root/0 worth/amod/1 millions/obj/2 ");
}

TEST(Mend, AVerbWithASubjectIsNoPartOfItsObject) {
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/2 froze/VERB/compound/3 aid/NOUN/root/0"),
            "Chad/nsubj/2 froze/root/0 aid/obj/2 ");
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/7 ,/PUNCT/punct/4 Niger/PROPN/nsubj/4 sign/VERB/compound/5 "
                   "pact/NOUN/appos/1 ,/PUNCT/punct/1 frets/VERB/root/0"),
            "Chad/nsubj/4 ,/punct/4 Niger/nsubj/4 sign/parataxis/7 pact/obj/4 ,/punct/1 "
            "frets/root/0 ");
  const std::string riot = "riot/VERB/compound/2 police/NOUN/nsubj/3 came/VERB/root/0";
  EXPECT_EQ(Mended(riot), "riot/compound/2 police/nsubj/3 came/root/0 ");
}

TEST(Mend, WhatStandsBeforeTheHelperOfAVerbIsItsSubject) {
  Story story = Read(
      "Chad/PROPN/nsubj/2 said/VERB/root/0 aid/NOUN/obj/2 would/AUX/aux/6 "
      "be/AUX/aux:pass/6 cut/VERB/advcl/2");
  story.tokens[3].feats = "VerbForm=Fin";
  MendTree(story, 0, story.tokens.size());
  EXPECT_EQ(story.tokens[2].deprel, "nsubj:pass");
  EXPECT_EQ(story.tokens[2].head, TokenIndex{5});
  EXPECT_EQ(story.tokens[5].deprel, "ccomp");
}

TEST(Mend, AClauseOfThatIsWhatIsTold) {
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/2 asked/VERB/root/0 that/SCONJ/mark/5 Lee/PROPN/nsubj/5 "
                   "leave/VERB/conj/2"),
            "Chad/nsubj/2 asked/root/0 that/mark/5 Lee/nsubj/5 leave/ccomp/2 ");
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/2 fired/VERB/root/0 so/ADV/mark/6 that/SCONJ/mark/6 "
                   "Lee/PROPN/nsubj/6 left/VERB/advcl/2"),
            "Chad/nsubj/2 fired/root/0 so/mark/6 that/mark/6 Lee/nsubj/6 left/advcl/2 ");
}

TEST(Mend, WhatStandsBehindTheOpenerOfAClauseIsItsSubject) {
  EXPECT_EQ(Mended("Lee/PROPN/nsubj/2 left/VERB/root/0 where/ADV/advmod/6 mayor/NOUN/nmod:desc/5 "
                   "Diaz/PROPN/obl/2 hit/VERB/conj/2 out/ADP/compound:prt/6"),
            "Lee/nsubj/2 left/root/0 where/advmod/6 mayor/nmod:desc/5 Diaz/nsubj/6 hit/conj/2 "
            "out/compound:prt/6 ");
}

TEST(Mend, ANameBeforeAnAsideIsTheSubjectOfTheVerbBehindIt) {
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/2 rebuked/VERB/root/0 envoy/NOUN/obj/2 ,/PUNCT/punct/6 "
                   "and/CCONJ/cc/6 Niger/PROPN/conj/3 ,/PUNCT/punct/9 while/SCONJ/mark/9 "
                   "hesitating/NOUN/advcl/2 ,/PUNCT/punct/11 freed/VERB/advcl/9 men/NOUN/obj/11"),
            "Chad/nsubj/2 rebuked/root/0 envoy/obj/2 ,/punct/6 and/cc/11 Niger/nsubj/11 ,/punct/9 "
            "while/mark/9 hesitating/advcl/11 ,/punct/11 freed/conj/2 men/obj/11 ");
}

TEST(Mend, WhoStandsBehindWhatIsToldSaysIt) {
  EXPECT_EQ(Mended("Plea/NOUN/nsubj/7 was/AUX/aux:pass/3 rejected/VERB/ccomp/7 ,/PUNCT/punct/7 "
                   "a/DET/det/6 clerk/NOUN/nsubj:pass/3 said/VERB/root/0"),
            "Plea/nsubj:pass/3 was/aux:pass/3 rejected/ccomp/7 ,/punct/7 a/det/6 clerk/nsubj/7 "
            "said/root/0 ");
}

TEST(Mend, ASentenceIsTheVerbsThatLacksASubject) {
  EXPECT_EQ(Mended("Planes/NOUN/root/0 with/ADP/case/3 doctors/NOUN/nmod/1 landed/VERB/acl/3 "
                   "./PUNCT/punct/1"),
            "Planes/nsubj/4 with/case/3 doctors/nmod/1 landed/root/0 ./punct/1 ");
  const std::string name =
      "Rome/PROPN/root/0 who/PRON/nsubj/3 fell/VERB/acl:relcl/1 ./PUNCT/punct/1";
  EXPECT_EQ(Mended(name), "Rome/root/0 who/nsubj/3 fell/acl:relcl/1 ./punct/1 ");
}

TEST(Mend, WhatStandsBetweenAnOpeningClauseAndTheRootIsItsSubject) {
  EXPECT_EQ(Mended("Speaking/VERB/advcl/6 softly/ADV/advmod/1 ,/PUNCT/punct/1 the/DET/det/5 "
                   "mayor/NOUN/obl/1 left/VERB/root/0"),
            "Speaking/advcl/6 softly/advmod/1 ,/punct/1 the/det/5 mayor/nsubj/6 left/root/0 ");
}

TEST(Mend, WhatIsJoinedBehindASpeakerIsSaid) {
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/2 fired/VERB/root/0 ,/PUNCT/punct/5 Niger/PROPN/nsubj/5 "
                   "said/VERB/parataxis/2 ,/PUNCT/punct/8 and/CCONJ/cc/8 left/VERB/conj/5"),
            "Chad/nsubj/2 fired/root/0 ,/punct/5 Niger/nsubj/5 said/parataxis/2 ,/punct/8 and/cc/8 "
            "left/conj/2 ");
}

TEST(Mend, TheVerbBehindARelativePronounIsItsOwn) {
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/7 ,/PUNCT/punct/1 which/PRON/nsubj/7 sold/VERB/nsubj/7 "
                   "oil/NOUN/obj/4 ,/PUNCT/punct/7 agreed/VERB/root/0"),
            "Chad/nsubj/7 ,/punct/1 which/nsubj/4 sold/acl:relcl/1 oil/obj/4 ,/punct/7 "
            "agreed/root/0 ");
}

TEST(Mend, ASecondSubjectBeforeTheVerbIsJoinedToTheFirstOrNamesIt) {
  EXPECT_EQ(Mended("Lee/PROPN/nsubj/4 and/CCONJ/cc/3 Diaz/PROPN/nsubj/4 spoke/VERB/root/0"),
            "Lee/nsubj/4 and/cc/3 Diaz/conj/1 spoke/root/0 ");
  EXPECT_EQ(Mended("Neighbours/NOUN/nsubj/5 Chad/PROPN/nsubj/5 and/CCONJ/cc/4 Niger/PROPN/conj/2 "
                   "met/VERB/root/0"),
            "Neighbours/nsubj/5 Chad/appos/1 and/cc/4 Niger/conj/2 met/root/0 ");
}

TEST(Mend, WhatStandsBeforeTheRootIsNoObjectOfAClauseBehindIt) {
  EXPECT_EQ(Mended("Visit/NOUN/obj/5 comes/VERB/root/0 after/SCONJ/mark/5 Chad/PROPN/nsubj/5 "
                   "hosted/VERB/advcl/2 talks/NOUN/obj/5"),
            "Visit/nsubj/2 comes/root/0 after/mark/5 Chad/nsubj/5 hosted/advcl/2 talks/obj/5 ");
}

TEST(Mend, ASubjectBehindAVerbOfSpeechStays) {
  const std::string said =
      "It/PRON/nsubj/2 rained/VERB/ccomp/4 ,/PUNCT/punct/4 said/VERB/root/0 Lee/PROPN/nsubj/4";
  EXPECT_EQ(Mended(said), "It/nsubj/2 rained/ccomp/4 ,/punct/4 said/root/0 Lee/nsubj/4 ");
}

TEST(Mend, ANameGivesWayToItsVerbBehindWhatIsToldOfIt) {
  EXPECT_EQ(Mended("Lee/PROPN/root/0 ,/PUNCT/punct/4 a/DET/det/4 broker/NOUN/appos/1 "
                   "who/PRON/nsubj/6 came/VERB/acl:relcl/4 ,/PUNCT/punct/1 spoke/VERB/advcl/6 "
                   "./PUNCT/punct/8"),
            "Lee/nsubj/8 ,/punct/4 a/det/4 broker/appos/1 who/nsubj/6 came/acl:relcl/4 ,/punct/1 "
            "spoke/root/0 ./punct/8 ");
}

TEST(Mend, ANameGivesWayToAVerbThatNothingJoinsToIt) {
  EXPECT_EQ(Mended("Relations/NOUN/root/0 with/ADP/case/3 Chad/PROPN/nmod/1 improved/VERB/conj/1 "
                   "./PUNCT/punct/4"),
            "Relations/nsubj/4 with/case/3 Chad/nmod/1 improved/root/0 ./punct/4 ");
}

TEST(Mend, NothingStandsBeforeAHelperThatOpensTheSentence) {
  Story story = Read("Is/AUX/aux/2 closed/VERB/root/0");
  story.tokens[0].feats = "VerbForm=Fin";
  MendTree(story, 0, story.tokens.size());
  EXPECT_EQ(story.tokens[1].deprel, "root");
  story = Read("Is/AUX/aux/4 it/ADV/advmod/4 all/ADV/advmod/4 closed/VERB/root/0");
  story.tokens[0].feats = "VerbForm=Fin";
  MendTree(story, 0, story.tokens.size());
  EXPECT_EQ(story.tokens[3].deprel, "root");
}

/// The participle of "A senator called for talks." in a sentence that ends so.
std::string MendedParticiple(const std::string& verb) {
  Story story = Read("A/DET/det/2 senator/NOUN/root/0 " + verb +
                     "/VERB/acl/2 in/ADP/case/5 May/PROPN/obl/3 ./PUNCT/punct/3");
  story.tokens[2].feats = "Tense=Past|VerbForm=Part";
  MendTree(story, 0, story.tokens.size());
  return story.tokens[2].deprel + " " + story.tokens[1].deprel;
}

TEST(Mend, WhatIsToldOfANounThatIsAllOfTheSentenceIsItsVerb) {
  EXPECT_EQ(MendedParticiple("appealed"), "root nsubj");
  EXPECT_EQ(MendedParticiple("pictured"), "acl root") << "a caption";
}

TEST(Mend, AVerbWithASubjectDoesNotModifyItsObject) {
  EXPECT_EQ(Mended("Chad/PROPN/nsubj/2 suspended/VERB/amod/3 aid/NOUN/root/0 ./PUNCT/punct/3"),
            "Chad/nsubj/2 suspended/root/0 aid/obj/2 ./punct/3 ");
}

TEST(Mend, ANameWithoutAVerbStays) {
  EXPECT_EQ(Mended("Lee/PROPN/root/0 ,/PUNCT/punct/4 a/DET/det/4 broker/NOUN/appos/1 "
                   "./PUNCT/punct/1"),
            "Lee/root/0 ,/punct/4 a/det/4 broker/appos/1 ./punct/1 ");
}

}  // namespace
}  // namespace dateline::syntax
