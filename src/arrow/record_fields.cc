// The schema, a row for each field of docs/formats/story-record.md.
#include <array>

#include "arrow/field.h"

namespace dateline::arrow {
namespace {

using enum FieldKind;

constexpr std::array kSpanFields{Field{"start", kInteger}, Field{"end", kInteger}};
constexpr std::array kTextItem{Field{"item", kText}};
constexpr std::array kPairItem{Field{"item", kPair, kSpanFields}};

constexpr std::array kSource{
    Field{"id", kText},          Field{"path", kText},     Field{"url", kText},
    Field{"format", kText},      Field{"encoding", kText}, Field{"index", kInteger},
    Field{"replaced", kInteger},
};

constexpr std::array kRelatedLink{Field{"label", kText}, Field{"headline", kText},
                                  Field{"url", kText}, Field{"start", kInteger},
                                  Field{"end", kInteger}};
constexpr std::array kRelatedLinkItem{Field{"item", kStruct, kRelatedLink}};
constexpr std::array kImage{Field{"caption", kText}, Field{"creditText", kText},
                            Field{"start", kInteger}, Field{"end", kInteger}};
constexpr std::array kImageItem{Field{"item", kStruct, kImage}};
constexpr std::array kArticle{
    Field{"headline", kText},
    Field{"alternativeHeadline", kText},
    Field{"description", kText},
    Field{"author", kList, kTextItem},
    Field{"contributor", kList, kTextItem},
    Field{"editor", kList, kTextItem},
    Field{"datePublished", kText},
    Field{"dateModified", kText},
    Field{"dateText", kText},
    Field{"dateline", kText},
    Field{"locationCreated", kText},
    Field{"articleSection", kText},
    Field{"keywords", kList, kTextItem},
    Field{"publisher", kText},
    Field{"sourceOrganization", kList, kTextItem},
    Field{"correction", kText},
    Field{"embargoed", kText},
    Field{"creativeWorkStatus", kText},
    Field{"version", kText},
    Field{"url", kText},
    Field{"inLanguage", kText},
    Field{"wordCount", kInteger},
    Field{"relatedLink", kList, kRelatedLinkItem},
    Field{"image", kList, kImageItem},
};

constexpr std::array kBlock{Field{"kind", kText}, Field{"start", kInteger}, Field{"end", kInteger},
                            Field{"speaker", kText}};
constexpr std::array kBlockItem{Field{"item", kStruct, kBlock}};
constexpr std::array kSentence{Field{"start", kInteger}, Field{"end", kInteger},
                               Field{"block", kInteger}};
constexpr std::array kSentenceItem{Field{"item", kStruct, kSentence}};
constexpr std::array kToken{
    Field{"start", kInteger}, Field{"end", kInteger},    Field{"sentence", kInteger},
    Field{"form", kText},     Field{"continues", kBool}, Field{"lemma", kText},
    Field{"upos", kText},     Field{"feats", kText},     Field{"head", kInteger},
    Field{"deprel", kText},   Field{"ner", kText},
};
constexpr std::array kTokenItem{Field{"item", kStruct, kToken}};

constexpr std::array kRole{Field{"title", kText}, Field{"of", kText}, Field{"time", kText},
                           Field{"start", kInteger}, Field{"end", kInteger}};
constexpr std::array kRoleItem{Field{"item", kStruct, kRole}};
constexpr std::array kMention{Field{"start", kInteger}, Field{"end", kInteger},
                              Field{"kind", kText}};
constexpr std::array kMentionItem{Field{"item", kStruct, kMention}};
constexpr std::array kEntity{
    Field{"id", kText},
    Field{"type", kText},
    Field{"name", kText},
    Field{"country", kText},
    Field{"actor", kText},
    Field{"knownAs", kText},
    Field{"roles", kList, kRoleItem},
    Field{"mentions", kList, kMentionItem},
};
constexpr std::array kEntityItem{Field{"item", kStruct, kEntity}};

constexpr std::array kTime{
    Field{"start", kInteger}, Field{"end", kInteger}, Field{"type", kText},
    Field{"value", kText},    Field{"mod", kText},    Field{"firstDay", kText},
    Field{"lastDay", kText},
};
constexpr std::array kTimeItem{Field{"item", kStruct, kTime}};

constexpr std::array kPlace{
    Field{"start", kInteger}, Field{"end", kInteger},       Field{"name", kText},
    Field{"country", kText},  Field{"admin1", kText},       Field{"lat", kReal},
    Field{"lon", kReal},      Field{"geonameid", kInteger}, Field{"precision", kText},
    Field{"literal", kBool},
};
constexpr std::array kPlaceItem{Field{"item", kStruct, kPlace}};

constexpr std::array kSpeaker{Field{"spans", kList, kPairItem}, Field{"entity", kText}};
constexpr std::array kCue{Field{"spans", kList, kPairItem}, Field{"lemma", kText}};
constexpr std::array kContent{Field{"spans", kList, kPairItem}};
constexpr std::array kAttribution{
    Field{"id", kText},
    Field{"kind", kText},
    Field{"source", kStruct, kSpeaker},
    Field{"cue", kStruct, kCue},
    Field{"content", kStruct, kContent},
    Field{"addressee", kList, kPairItem},
    Field{"medium", kList, kPairItem},
    Field{"negated", kBool},
    Field{"modal", kText},
    Field{"confidence", kReal},
    Field{"inside", kText},
};
constexpr std::array kAttributionItem{Field{"item", kStruct, kAttribution}};

constexpr std::array kQuotedPhrase{Field{"kind", kText}, Field{"start", kInteger},
                                   Field{"end", kInteger}};
constexpr std::array kQuotedPhraseItem{Field{"item", kStruct, kQuotedPhrase}};

constexpr std::array kSpanItem{Field{"item", kStruct, kSpanFields}};
constexpr std::array kActor{Field{"entity", kText}, Field{"actor", kText}, Field{"country", kText},
                            Field{"start", kInteger}, Field{"end", kInteger}};
constexpr std::array kActorItem{Field{"item", kStruct, kActor}};
constexpr std::array kEventPlace{Field{"name", kText}, Field{"country", kText}, Field{"lat", kReal},
                                 Field{"lon", kReal}};
constexpr std::array kCount{
    Field{"of", kText},   Field{"least", kReal},    Field{"most", kReal},
    Field{"unit", kText}, Field{"start", kInteger}, Field{"end", kInteger},
};
constexpr std::array kCountItem{Field{"item", kStruct, kCount}};
constexpr std::array kMeans{Field{"kind", kText}, Field{"start", kInteger}, Field{"end", kInteger}};
constexpr std::array kEvent{
    Field{"id", kText},
    Field{"cameo", kText},
    Field{"plover", kText},
    Field{"mode", kText},
    Field{"contexts", kList, kTextItem},
    Field{"ontology", kText},
    Field{"quad", kInteger},
    Field{"goldstein", kReal},
    Field{"trigger", kPair, kSpanFields},
    Field{"evidence", kList, kSpanItem},
    Field{"source", kList, kActorItem},
    Field{"target", kList, kActorItem},
    Field{"date", kText},
    Field{"dateFrom", kText},
    Field{"place", kStruct, kEventPlace},
    Field{"placeFrom", kText},
    Field{"counts", kList, kCountItem},
    Field{"means", kStruct, kMeans},
    Field{"status", kText},
    Field{"attributedTo", kText},
    Field{"confidence", kReal},
    Field{"rule", kText},
};
constexpr std::array kEventItem{Field{"item", kStruct, kEvent}};

constexpr std::array kTopic{Field{"name", kText}, Field{"confidence", kReal}};
constexpr std::array kTopicItem{Field{"item", kStruct, kTopic}};

constexpr std::array kRecord{
    Field{"id", kText},
    Field{"source", kStruct, kSource},
    Field{"article", kStruct, kArticle},
    Field{"text", kText},
    Field{"blocks", kList, kBlockItem},
    Field{"sentences", kList, kSentenceItem},
    Field{"entities", kList, kEntityItem},
    Field{"times", kList, kTimeItem},
    Field{"places", kList, kPlaceItem},
    Field{"attributions", kTree, kAttributionItem},
    Field{"quotedPhrases", kList, kQuotedPhraseItem},
    Field{"events", kList, kEventItem},
    Field{"topics", kList, kTopicItem},
    Field{"tokens", kList, kTokenItem},
};

}  // namespace

std::span<const Field> RecordFields() { return kRecord; }

}  // namespace dateline::arrow
