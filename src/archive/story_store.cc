// A story comes back from three rows. The columns of `stories` hold fields of the article as they
// are; `facts` holds all lists; `facts.rest` begins with a byte of flags, and what follows is the
// story record of what is left, with everything taken out that the others hold. A story whose facts
// do not come back as they were from the lists (a field that a later program has added, a value
// that no list can hold) is kept as a whole record there: then nothing else is looked at.
#include "archive/story_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "archive/compress.h"
#include "archive/duplicates.h"
#include "archive/hex.h"
#include "dateline/record.h"
#include "record/rows.h"

namespace dateline::archive {
namespace {

enum Flag : unsigned {
  kWhole = 1,       ///< a whole record follows
  kArticleUrl = 2,  ///< `stories.url` is the article's
  kSourceUrl = 4,   ///< it is the source's
  kAgencies = 8,    ///< the list of `stories.agencies` can be cut at "; "
  kAuthors = 16,    ///< likewise
  kKeywords = 32,   ///< likewise
  kWordCount = 64,  ///< unused bits are 0
};

constexpr std::string_view kGlue = "; ";

/// What the record of a story's rest says most often: part of the format of version 2.
constexpr std::string_view kRestDictionary =
    R"({"dateText":"Monday, ","contributor":["],"editor":["],"alternativeHeadline":"","embargoed":")"
    R"(","relatedLink":[{"label":"READ MORE","headline":"","url":"https://www.","start":0,"end":0},)"
    R"({"label":null,"headline":"],"image":[{"caption":" (AP Photo/","creditText":"Reuters",)"
    R"("start":0,"end":0}],"topics":[{"name":"","confidence":0.},{"name":"politics","confidence":0.)"
    R"({"dateline":1,"id":"","source":{"id":null,"path":null,"url":null,"format":"json","encoding":)"
    R"("utf-8","index":0,"replaced":},"article":{},"text":"","blocks":[],"sentences":[],"entities":)"
    R"([],"times":[],"places":[],"attributions":[],"events":[],"topics":[]}"format":"html","format":)"
    R"("text","encoding":"utf-8","index":0},"article":{"dateText":"January February March April May )"
    R"(June July August September October November December 20)";

std::vector<std::string> Cut(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(kGlue, at), text.size());
    items.emplace_back(text.substr(at, end - at));
    at = end + kGlue.size();
  }
  return items;
}

/// Takes the list out where the column gives it back.
void TakeList(std::vector<std::string>& items, unsigned flag, unsigned& flags) {
  if (items.empty()) return;
  const std::string joined =
      record::Joined(items, [](const std::string& item) { return item; }, kGlue);
  if (Cut(joined) != items) return;
  flags |= flag;
  items.clear();
}

bool ComesBack(const std::optional<DateTime>& date) {
  if (!date) return true;
  const auto read = ParseDateTime(FormatDateTime(*date));
  return read && *read == *date;
}

/// What RecordOptions without `explain` writes of a story.
Story Stored(const Story& story) {
  Story stored = story;
  stored.alignment = {};
  stored.tokens.clear();
  stored.references.clear();
  stored.candidates.clear();
  for (Timex& time : stored.times) time.alternative.reset();
  for (Place& place : stored.places) {
    place.score.reset();
    place.alternatives.clear();
  }
  return stored;
}

/// Takes out what the lists of facts hold.
void ClearFacts(Story& story) {
  story.blocks.clear();
  story.sentences.clear();
  story.entities.clear();
  story.times.clear();
  story.places.clear();
  story.attributions.clear();
  story.quoted_phrases.clear();
  story.events.clear();
  for (RelatedLink& link : story.article.related_link) link.span = {};
  for (Image& image : story.article.image) image.span = {};
}

bool FactsComeBack(const Story& stored, const Facts& facts, Lookups& lookups) {
  Story read = stored;
  ClearFacts(read);
  return UnpackFacts(facts, lookups, read) && read == stored;
}

/// Takes out what the columns of `stories` and `texts` hold.
unsigned ClearColumns(Story& story) {
  unsigned flags = 0;
  Article& article = story.article;
  const auto url = article.url ? article.url : story.source.url;
  if (article.url) flags |= kArticleUrl;
  if (url && story.source.url == url) {
    flags |= kSourceUrl;
    story.source.url.reset();
  }
  TakeList(article.source_organization, kAgencies, flags);
  TakeList(article.author, kAuthors, flags);
  TakeList(article.keywords, kKeywords, flags);
  for (auto* field : {&article.url, &article.headline, &article.publisher, &article.article_section,
                      &article.dateline, &article.location_created, &article.description,
                      &article.correction, &article.creative_work_status, &article.version,
                      &article.in_language, &story.source.id, &story.source.path}) {
    field->reset();
  }
  article.date_published.reset();
  article.date_modified.reset();
  article.word_count.reset();
  story.source.index = 0;
  story.id.clear();
  story.text.clear();
  return flags;
}

std::string Flagged(unsigned flags, std::string_view bytes) {
  std::string out(1, static_cast<char>(flags));
  out += bytes;
  return out;
}

std::optional<std::string> TextAt(const Statement& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(std::string(row.Text(column)));
}

std::optional<DateTime> DateAt(const Statement& row, int column) {
  if (row.IsNull(column)) return std::nullopt;
  const auto date = ParseDateTime(row.Text(column));
  return date ? std::optional(*date) : std::nullopt;
}

/// Columns of a row from `first` on that hold facts.
FactRow FactRowAt(const Statement& row, int first) {
  FactRow facts;
  facts.wide = row.Number(first) == 2;
  for (std::size_t i = 0; i < kFactLists; ++i) {
    facts.lists[i] = row.Text(first + 1 + static_cast<int>(i));
  }
  facts.exact = row.Bytes(first + 1 + static_cast<int>(kFactLists));
  return facts;
}

std::string FactColumns() {
  std::string columns = "f.wide";
  for (const FactLayout& layout : kFactLayouts) columns += fmt::format(", f.{}", layout.column);
  return columns + ", f.exact";
}

/// The same with empty texts for the lists that no question looks at.
std::string AskedColumns() {
  std::string columns = "f.wide";
  for (std::size_t i = 0; i < kFactLists; ++i) {
    const auto list = static_cast<FactList>(i);
    const bool asked = list == FactList::kEntities || list == FactList::kAttributions ||
                       list == FactList::kEvents || list == FactList::kActors;
    columns += asked ? fmt::format(", f.{}", kFactLayouts[i].column) : ", ''";
  }
  return columns + ", f.exact";
}

// Columns of the statement that reads a whole story.
enum Column : int {
  kHash,
  kPublished,
  kModified,
  kSourceId,
  kPath,
  kUrl,
  kLanguage,
  kPublisher,
  kAgencyList,
  kAuthorList,
  kSection,
  kKeywordList,
  kDateline,
  kLocation,
  kDescription,
  kCorrection,
  kStatus,
  kVersion,
  kWordsCounted,
  kNumber,
  kHeadline,
  kWords,
  kRest,
  kFirstFact,
};

constexpr std::string_view kWholeStory =
    "SELECT s.hash, s.published, s.modified, s.source_id, s.path, s.url, s.language, s.publisher, "
    "s.agencies, s.authors, s.section, s.keywords, s.dateline, s.location, s.description, "
    "s.correction, s.status, s.version, s.words, s.number, w.headline, w.words, f.rest, {} FROM "
    "stories AS s JOIN packed_texts AS w USING(story) JOIN facts AS f USING(story) WHERE s.story = "
    "?";

}  // namespace

std::string RestOf(const Story& story, const Facts& facts, Lookups& lookups) {
  Story stored = Stored(story);
  const bool whole = !FactsComeBack(stored, facts, lookups) ||
                     !ComesBack(stored.article.date_published) ||
                     !ComesBack(stored.article.date_modified);
  if (whole) return Flagged(kWhole, Compress(WriteRecord(stored), stored.text));
  ClearFacts(stored);
  const unsigned flags = ClearColumns(stored);
  if (stored == Story{}) return Flagged(flags, "");
  return Flagged(flags, Compress(WriteRecord(stored), kRestDictionary));
}

std::shared_ptr<PackedStory> Pack(const Story& story) {
  auto packed = std::make_shared<PackedStory>();
  packed->facts = PackFacts(story, packed->lookups);
  packed->rest = RestOf(story, packed->facts, packed->lookups);
  packed->words = CutWords(story.text);
  packed->shingles = Shingles(story);
  packed->signs = SignsOf(story);
  packed->fact_words = AsciiWords(story);
  return packed;
}

StoryStore::StoryStore(Database& database)
    : database_(database),
      lookups_(database),
      words_(database),
      whole_(database, fmt::format(fmt::runtime(kWholeStory), FactColumns())),
      text_(database, "SELECT words FROM packed_texts WHERE story = ?"),
      blocks_(database,
              "SELECT w.words, f.wide, f.blocks, unicode(substr(CAST(f.rest AS TEXT), 1, 1)) FROM "
              "packed_texts AS w JOIN facts AS f USING(story) WHERE w.story = ?"),
      facts_(database, fmt::format("SELECT {} FROM facts AS f WHERE story = ?", AskedColumns())) {}

void StoryStore::Forget() {
  lookups_.Forget();
  words_.Forget();
}

Error StoryStore::Damaged(std::int64_t story, const Error& error) const {
  return {error.code, error.message, fmt::format("{}: story {}", database_.path(), story)};
}

void StoryStore::TakeColumns(Story& story, unsigned flags) const {
  Article& article = story.article;
  story.id = HexOf(whole_.Bytes(kHash));
  story.source.id = TextAt(whole_, kSourceId);
  story.source.path = TextAt(whole_, kPath);
  story.source.index = static_cast<std::uint32_t>(whole_.Number(kNumber));
  if ((flags & kSourceUrl) != 0) story.source.url = TextAt(whole_, kUrl);
  if ((flags & kArticleUrl) != 0) article.url = TextAt(whole_, kUrl);
  article.date_published = DateAt(whole_, kPublished);
  article.date_modified = DateAt(whole_, kModified);
  article.in_language = TextAt(whole_, kLanguage);
  article.publisher = TextAt(whole_, kPublisher);
  if ((flags & kAgencies) != 0) article.source_organization = Cut(whole_.Text(kAgencyList));
  if ((flags & kAuthors) != 0) article.author = Cut(whole_.Text(kAuthorList));
  if ((flags & kKeywords) != 0) article.keywords = Cut(whole_.Text(kKeywordList));
  article.article_section = TextAt(whole_, kSection);
  article.dateline = TextAt(whole_, kDateline);
  article.location_created = TextAt(whole_, kLocation);
  article.description = TextAt(whole_, kDescription);
  article.correction = TextAt(whole_, kCorrection);
  article.creative_work_status = TextAt(whole_, kStatus);
  article.version = TextAt(whole_, kVersion);
  if (!whole_.IsNull(kWordsCounted)) {
    article.word_count = static_cast<std::uint32_t>(whole_.Number(kWordsCounted));
  }
  article.headline = TextAt(whole_, kHeadline);
}

Result<Story> StoryStore::Assemble(std::string_view rest, std::string text, const Facts& facts) {
  if (rest.empty()) return Fail(ErrorCode::kMalformed, "what is stored of it is damaged");
  const auto flags = static_cast<unsigned>(static_cast<std::uint8_t>(rest.front()));
  rest.remove_prefix(1);
  if ((flags & kWhole) != 0) {
    DATELINE_TRY(const std::string json, Decompress(rest, text));
    return ReadRecord(json);
  }
  Story story;
  if (!rest.empty()) {
    DATELINE_TRY(const std::string json, Decompress(rest, kRestDictionary));
    DATELINE_TRY(story, ReadRecord(json));
  }
  TakeColumns(story, flags);
  story.text = std::move(text);
  if (auto unpacked = UnpackFacts(facts, lookups_, story); !unpacked) {
    return std::unexpected(unpacked.error());
  }
  return story;
}

Result<Story> StoryStore::Load(std::int64_t number) {
  whole_.Start(number);
  if (!whole_.Step()) {
    whole_.Reset();
    if (auto failure = database_.TakeFailure()) return std::unexpected(*std::move(failure));
    return std::unexpected(Damaged(number, {ErrorCode::kNotFound, "there is no such story", ""}));
  }
  const auto facts = FactsOf(FactRowAt(whole_, kFirstFact));
  auto text = words_.Decode(whole_.Bytes(kWords));
  Result<Story> story =
      Fail(ErrorCode::kMalformed, "what is stored of its facts is damaged: no list of numbers");
  if (!text) {
    story = std::unexpected(text.error());
  } else if (facts) {
    story = Assemble(whole_.Bytes(kRest), *std::move(text), *facts);
  }
  whole_.Reset();
  if (auto failure = database_.TakeFailure()) return std::unexpected(*std::move(failure));
  if (!story) {
    return std::unexpected(Damaged(number, {story.error().code, story.error().Text(), ""}));
  }
  return story;
}

Result<std::string> StoryStore::LoadText(std::int64_t number) {
  text_.Start(number);
  const bool found = text_.Step();
  auto text = words_.Decode(found ? text_.Bytes(0) : std::string_view());
  text_.Reset();
  if (auto failure = database_.TakeFailure()) return std::unexpected(*std::move(failure));
  if (!text) return std::unexpected(Damaged(number, text.error()));
  return text;
}

Result<Story> StoryStore::LoadBlocks(std::int64_t number) {
  blocks_.Start(number);
  FactRow row;
  std::optional<Facts> facts;
  Result<std::string> text = Fail(ErrorCode::kNotFound, "there is no such story");
  bool whole = false;
  if (blocks_.Step()) {
    text = words_.Decode(blocks_.Bytes(0));
    row.wide = blocks_.Number(1) == 2;
    row.lists[static_cast<std::size_t>(FactList::kBlocks)] = blocks_.Text(2);
    whole = (static_cast<unsigned>(blocks_.Number(3)) & kWhole) != 0;
    facts = FactsOf(row);
  }
  blocks_.Reset();
  if (auto failure = database_.TakeFailure()) return std::unexpected(*std::move(failure));
  if (whole || !text || !facts) return Load(number);
  Story story;
  story.text = *std::move(text);
  if (auto unpacked = UnpackFacts(*facts, lookups_, story); !unpacked) {
    return std::unexpected(Damaged(number, unpacked.error()));
  }
  return story;
}

Result<Facts> StoryStore::LoadFacts(std::int64_t number) {
  facts_.Start(number);
  auto facts = facts_.Step() ? FactsOf(FactRowAt(facts_, 0)) : std::nullopt;
  facts_.Reset();
  if (auto failure = database_.TakeFailure()) return std::unexpected(*std::move(failure));
  if (facts) return *std::move(facts);
  return std::unexpected(
      Damaged(number, {ErrorCode::kMalformed, "what is stored of its facts is damaged", ""}));
}

}  // namespace dateline::archive
