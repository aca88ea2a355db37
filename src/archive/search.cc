// Questions: words, events, quotes. Each gives numbers of stories and facts; what is shown of them
// comes from the story's record.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "archive/corrections.h"
#include "archive/impl.h"
#include "archive/query.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Database;
using archive::Statement;

namespace {

constexpr char kMarkBegin = '\x02';
constexpr char kMarkEnd = '\x03';

/// The least written date that is not before the day: dates of less precision sort by their first
/// day ("2031-05" is not before 2031-05-01).
std::string LowerBound(const Date& date) {
  std::string text = FormatDate(date);
  while (text.ends_with("-01")) text.resize(text.size() - 3);
  return text;
}

/// Sorts behind every date and time of the day (or month, or year).
std::string UpperBound(const Date& date) { return FormatDate(date) + "~"; }

/// Conditions of a statement, with their parameters.
class Conditions {
 public:
  void Add(std::string condition) { conditions_.push_back(std::move(condition)); }
  void Add(std::string condition, std::string value) {
    Add(std::move(condition));
    values_.push_back(std::move(value));
  }
  void AddDays(std::string_view column, const DayRange& days) {
    if (days.from) Add(fmt::format("{} >= ?", column), LowerBound(*days.from));
    if (days.to) Add(fmt::format("{} < ?", column), UpperBound(*days.to));
  }
  /// Equal to `begin`, or beginning so.
  void AddBeginning(std::string_view column, const std::string& begin) {
    Add(fmt::format("{} >= ?", column), begin);
    Add(fmt::format("{} < ?", column), begin + "~");
  }

  [[nodiscard]] std::string Where() const {
    if (conditions_.empty()) return "";
    return fmt::format(" WHERE {}", fmt::join(conditions_, " AND "));
  }
  void BindTo(Statement& statement) const {
    int at = 0;
    for (const std::string& value : values_) statement.Bind(++at, value);
  }

 private:
  std::vector<std::string> conditions_;
  std::vector<std::string> values_;
};

/// "CHN", "CHNGOV", "IGOUNO": three capitals and what may follow.
bool IsActorCode(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto part = [&](char c) { return capital(c) || (c >= '0' && c <= '9'); };
  return text.size() >= 3 && std::ranges::all_of(text.substr(0, 3), capital) &&
         std::ranges::all_of(text, part);
}

bool IsCountryCode(std::string_view text) { return text.size() == 3 && IsActorCode(text); }

Result<void> AddSide(std::string_view alias, const std::string& wanted, Conditions& conditions) {
  if (IsActorCode(wanted)) {
    conditions.AddBeginning(fmt::format("{}.actor", alias), wanted);
    return {};
  }
  DATELINE_TRY(std::string match, archive::NameQuery(wanted));
  conditions.Add(
      fmt::format("{}.name IN (SELECT rowid FROM name_search WHERE name_search MATCH ?)", alias),
      std::move(match));
  return {};
}

std::string JoinSide(std::string_view alias, std::string_view side) {
  return fmt::format(
      " JOIN event_actors AS {0} ON {0}.story = v.story AND {0}.event = v.event AND {0}.side = "
      "'{1}'",
      alias, side);
}

Result<void> AddPlace(const std::string& place, Conditions& conditions) {
  if (IsCountryCode(place)) {
    conditions.Add("v.country = ?", place);
    return {};
  }
  DATELINE_TRY(std::string match, archive::NameQuery(place));
  conditions.Add("v.place IN (SELECT rowid FROM name_search WHERE name_search MATCH ?)",
                 std::move(match));
  return {};
}

/// Appends a fact to the story's, where it is the same story as before.
void Append(std::int64_t story, std::int64_t number, std::vector<StoryFacts>& facts) {
  if (facts.empty() || facts.back().story != story) facts.push_back({story, {}});
  facts.back().numbers.push_back(static_cast<std::uint32_t>(number - 1));
}

/// The snippet without its marks, which become spans.
void TakeMarks(std::string_view marked, SearchHit& hit) {
  std::uint32_t begin = 0;
  for (const char c : marked) {
    const auto at = static_cast<std::uint32_t>(hit.snippet.size());
    if (c == kMarkBegin) {
      begin = at;
    } else if (c == kMarkEnd) {
      if (begin < at) hit.marks.push_back({begin, at});
    } else {
      hit.snippet += c;
    }
  }
}

std::optional<std::string> TextOrNothing(const Statement& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(std::string(row.Text(column)));
}

/// Numbers and scores of the stories found. CROSS JOIN: the words are looked up once, whatever the
/// days are; SQLite would else look up the words again for each story of those days.
std::vector<SearchHit> Rank(Database& database, const std::string& match,
                            const SearchOptions& options) {
  Conditions conditions;
  conditions.Add("search MATCH ?", match);
  conditions.AddDays("s.published", options.published);
  Statement find(
      database,
      "SELECT search.rowid, search.rank, coalesce(c.original, search.rowid) FROM search "
      "CROSS JOIN stories AS s ON s.story = search.rowid LEFT JOIN copies AS c ON c.story = "
      "search.rowid" +
          conditions.Where() + " ORDER BY " +
          (options.newest_first ? "s.published DESC, search.rowid DESC" : "search.rank"));
  conditions.BindTo(find);
  std::vector<SearchHit> hits;
  std::set<std::int64_t> originals;
  while (hits.size() < options.limit && find.Step()) {
    if (!originals.insert(find.Number(2)).second && !options.copies) continue;
    SearchHit& hit = hits.emplace_back();
    hit.story = find.Number(0);
    hit.score = -find.Real(1);
  }
  return hits;
}

/// Decides whether words that are said are about something, with an index of their own in memory.
class QuoteMatcher {
 public:
  static Result<QuoteMatcher> Make(const std::string& match) {
    DATELINE_TRY(auto database, Database::Open(":memory:", archive::Access::kWrite));
    database->Run(
        "CREATE VIRTUAL TABLE said USING fts5(headline, text, tokenize=\"unicode61 "
        "remove_diacritics 2\")");
    if (auto failure = database->TakeFailure()) return std::unexpected(*std::move(failure));
    return QuoteMatcher(std::move(database), match);
  }

  bool Matches(std::string_view words) {
    insert_.Run(words);
    find_.Start(match_);
    const bool found = find_.Step();
    find_.Reset();
    clear_.Run();
    return found;
  }

 private:
  QuoteMatcher(std::unique_ptr<Database> database, std::string match)
      : database_(std::move(database)),
        match_(std::move(match)),
        insert_(*database_, "INSERT INTO said(rowid, text) VALUES(1, ?)"),
        find_(*database_, "SELECT 1 FROM said WHERE said MATCH ?"),
        clear_(*database_, "DELETE FROM said") {}

  std::unique_ptr<Database> database_;
  std::string match_;
  Statement insert_;
  Statement find_;
  Statement clear_;
};

/// Events with the code or a longer one; where some are corrected, those as well, whatever they
/// were.
void AddCode(const std::string& code, bool corrected, Conditions& conditions) {
  if (code.empty()) return;
  if (!corrected) return conditions.AddBeginning("v.cameo", code);
  constexpr std::string_view kOrCorrected =
      " OR (v.story, v.event) IN (SELECT story, event FROM event_corrections))";
  conditions.Add(fmt::format("(v.cameo >= ?{}", kOrCorrected), code);
  conditions.Add(fmt::format("(v.cameo < ?{}", kOrCorrected), code + "~");
}

}  // namespace

Result<std::vector<SearchHit>> Archive::Search(std::string_view query,
                                               const SearchOptions& options) {
  DATELINE_TRY(const archive::Query parsed, archive::ParseQuery(query));
  auto hits = Rank(*impl_->database, parsed.match, options);
  if (options.bare) return impl_->Done(std::move(hits));
  if (auto shown = Show(query, hits); !shown) return std::unexpected(shown.error());
  return hits;
}

Result<std::vector<std::int64_t>> Archive::FindMatches(std::string_view query) {
  DATELINE_TRY(const archive::Query parsed, archive::ParseQuery(query));
  Statement find(*impl_->database, "SELECT rowid FROM search WHERE search MATCH ?");
  find.Start(parsed.match);
  std::vector<std::int64_t> stories;
  while (find.Step()) stories.push_back(find.Number(0));
  find.Reset();
  return impl_->Done(std::move(stories));
}

Result<void> Archive::Show(std::string_view query, std::vector<SearchHit>& hits) {
  DATELINE_TRY(const archive::Query parsed, archive::ParseQuery(query));
  Database& database = *impl_->database;
  Statement show(database,
                 "SELECT lower(hex(s.hash)), s.published, t.headline, s.publisher, "
                 "snippet(search, 1, char(2), char(3), '…', 24) FROM search JOIN stories AS s ON "
                 "s.story = search.rowid JOIN texts AS t ON t.story = search.rowid WHERE search "
                 "MATCH ? AND search.rowid = ?");
  for (SearchHit& hit : hits) {
    show.Start(parsed.match, hit.story);
    if (!show.Step()) break;
    hit.id = show.Text(0);
    hit.published = TextOrNothing(show, 1);
    hit.headline = show.Text(2);
    hit.publisher = TextOrNothing(show, 3);
    TakeMarks(show.Text(4), hit);
  }
  show.Reset();
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

Result<std::vector<StoryFacts>> Archive::FindEvents(const EventFilter& filter) {
  if (filter.near) return FindEventsNear(filter);
  Conditions conditions;
  std::string from = "events AS v";
  if (!filter.source.empty()) {
    from += JoinSide("x", "source");
    if (auto added = AddSide("x", filter.source, conditions); !added) {
      return std::unexpected(added.error());
    }
  }
  if (!filter.target.empty()) {
    from += JoinSide("y", "target");
    if (auto added = AddSide("y", filter.target, conditions); !added) {
      return std::unexpected(added.error());
    }
  }
  const archive::EventCorrections corrections(*impl_->database);
  AddCode(filter.code, !corrections.empty(), conditions);
  if (!filter.status.empty()) conditions.Add("v.status = ?", filter.status);
  if (!filter.place.empty()) {
    if (auto added = AddPlace(filter.place, conditions); !added) {
      return std::unexpected(added.error());
    }
  }
  conditions.AddDays("v.date", filter.days);
  std::string sql = "SELECT DISTINCT v.story, v.event FROM " + from + conditions.Where() +
                    " ORDER BY v.date IS NULL, v.date, v.story, v.event";
  if (filter.limit > 0 && corrections.empty()) sql += fmt::format(" LIMIT {}", filter.limit);
  Statement find(*impl_->database, sql);
  conditions.BindTo(find);
  std::vector<StoryFacts> facts;
  std::uint64_t found = 0;
  while ((filter.limit == 0 || found < filter.limit) && find.Step()) {
    if (!corrections.Keeps(find.Number(0), find.Number(1), filter.code)) continue;
    Append(find.Number(0), find.Number(1), facts);
    ++found;
  }
  find.Reset();
  return impl_->Done(std::move(facts));
}

Result<std::vector<StoryFacts>> Archive::FindQuotes(const QuoteFilter& filter) {
  Conditions conditions;
  std::string from = "attributions AS a JOIN stories AS s ON s.story = a.story";
  if (!filter.by.empty()) {
    from += " JOIN entities AS e ON e.story = a.story AND e.entity = a.entity";
    DATELINE_TRY(std::string match, archive::NameQuery(filter.by));
    conditions.Add("e.name IN (SELECT rowid FROM name_search WHERE name_search MATCH ?)",
                   std::move(match));
  }
  std::optional<QuoteMatcher> matcher;
  if (!filter.about.empty()) {
    DATELINE_TRY(const archive::Query query, archive::ParseQuery(filter.about));
    DATELINE_TRY(QuoteMatcher made, QuoteMatcher::Make(query.match));
    matcher.emplace(std::move(made));
    // What the quote says the story says too; what it must not say may stand beside it.
    if (!query.excludes) {
      conditions.Add("a.story IN (SELECT rowid FROM search WHERE search MATCH ?)", query.match);
    }
  }
  conditions.AddDays("s.published", filter.published);
  if (matcher) from += " JOIN texts AS t ON t.story = a.story";
  Statement find(*impl_->database,
                 std::string("SELECT a.story, a.attribution") +
                     (matcher ? ", CAST(substr(CAST(t.text AS BLOB), a.start + 1, a.\"end\" - "
                                "a.start) AS TEXT) FROM "
                              : " FROM ") +
                     from + conditions.Where() +
                     " ORDER BY s.published IS NULL, s.published, a.story, a.attribution");
  conditions.BindTo(find);
  std::vector<StoryFacts> facts;
  std::uint64_t found = 0;
  while ((filter.limit == 0 || found < filter.limit) && find.Step()) {
    if (matcher && !matcher->Matches(find.Text(2))) continue;
    Append(find.Number(0), find.Number(1), facts);
    ++found;
  }
  find.Reset();
  return impl_->Done(std::move(facts));
}

}  // namespace dateline
