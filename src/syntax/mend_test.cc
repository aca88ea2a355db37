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

TEST(Mend, ShotDeadIsAVerb) {
  EXPECT_EQ(
      Mended("A/DET/det/2 soldier/NOUN/compound/3 shot/NOUN/root/0 dead/ADJ/amod/3 a/DET/det/6 "
             "boy/NOUN/obj/3"),
      "A/det/2 soldier/nsubj/3 shot/root/0 dead/xcomp/3 a/det/6 boy/obj/3 ");
  const std::string screen = "shot/NOUN/root/0 glass/NOUN/obj/1";
  EXPECT_EQ(Mended(screen), "shot/root/0 glass/obj/1 ");
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

TEST(Mend, ANameWithoutAVerbStays) {
  EXPECT_EQ(Mended("Lee/PROPN/root/0 ,/PUNCT/punct/4 a/DET/det/4 broker/NOUN/appos/1 "
                   "./PUNCT/punct/1"),
            "Lee/root/0 ,/punct/4 a/det/4 broker/appos/1 ./punct/1 ");
}

}  // namespace
}  // namespace dateline::syntax
