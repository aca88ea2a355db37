// An archive that `dateline add` has made, asked from Python. One lock for each archive, since it
// is one connection; Python's is not held while it works.
#include "dateline/archive.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/array.h>
#include <nanobind/stl/filesystem.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bind.h"
#include "story_data.h"

namespace dateline::python {
namespace {

using nb::literals::operator""_a;
using Day = std::optional<std::string>;

/// An archive with its lock.
class Shelf {
 public:
  explicit Shelf(Archive archive) : archive_(std::move(archive)) {}

  /// What `ask` gives of the archive; its error is raised.
  template <typename Ask>
  auto Do(Ask ask) {
    auto result = [&] {
      const nb::gil_scoped_release unlocked;
      const std::scoped_lock lock(mutex_);
      return ask(archive_);
    }();
    return ValueOrRaise(std::move(result));
  }

 private:
  std::mutex mutex_;
  Archive archive_;
};

std::optional<Date> DayOf(const Day& text) {
  if (!text) return std::nullopt;
  return ValueOrRaise(ParseDate(*text));
}

DayRange Days(const Day& since, const Day& until) {
  return {.from = DayOf(since), .to = DayOf(until)};
}

/// The facts of these stories, each loaded once.
template <typename T>
Result<std::vector<Fact<T>>> LoadFacts(Archive& archive, const std::vector<StoryFacts>& found,
                                       std::vector<T> Story::* list, std::uint64_t limit) {
  std::vector<Fact<T>> facts;
  for (const StoryFacts& some : found) {
    DATELINE_TRY(auto story, archive.LoadStory(some.story));
    const auto data = std::make_shared<StoryData>(std::move(story));
    for (const std::uint32_t number : some.numbers) {
      const auto& values = data->story().*list;
      if (number >= values.size()) continue;
      if (limit > 0 && facts.size() == limit) return facts;
      facts.push_back({data, &values[number]});
    }
  }
  return facts;
}

std::vector<SearchHit> Search(Shelf& shelf, std::string_view query, const Day& since,
                              const Day& until, std::uint64_t limit, bool newest_first) {
  const SearchOptions options{
      .published = Days(since, until), .limit = limit, .newest_first = newest_first};
  return shelf.Do([&](Archive& archive) { return archive.Search(query, options); });
}

EventFilter FilterOf(const std::string& source, const std::string& target, const std::string& code,
                     const std::string& status, const std::string& place, const Day& since,
                     const Day& until, std::uint64_t limit) {
  return {.source = source,
          .target = target,
          .code = code,
          .status = status,
          .place = place,
          .days = Days(since, until),
          .limit = limit};
}

std::vector<Fact<Event>> Events(Shelf& shelf, const std::string& source, const std::string& target,
                                const std::string& code, const std::string& status,
                                const std::string& place, const Day& since, const Day& until,
                                std::uint64_t limit) {
  const EventFilter filter = FilterOf(source, target, code, status, place, since, until, limit);
  return shelf.Do([&](Archive& archive) -> Result<std::vector<Fact<Event>>> {
    DATELINE_TRY(const auto found, archive.FindEvents(filter));
    return LoadFacts(archive, found, &Story::events, limit);
  });
}

std::vector<Fact<Attribution>> Quotes(Shelf& shelf, const std::string& by, const std::string& about,
                                      const Day& since, const Day& until, std::uint64_t limit) {
  const QuoteFilter filter{
      .by = by, .about = about, .published = Days(since, until), .limit = limit};
  return shelf.Do([&](Archive& archive) -> Result<std::vector<Fact<Attribution>>> {
    DATELINE_TRY(const auto found, archive.FindQuotes(filter));
    return LoadFacts(archive, found, &Story::attributions, limit);
  });
}

Period PeriodNamed(std::string_view name) {
  for (const Period period : {Period::kDay, Period::kWeek, Period::kMonth}) {
    if (PeriodName(period) == name) return period;
  }
  Raise({ErrorCode::kInvalidArgument,
         "period '" + std::string(name) + "' is none of day, week, month", ""});
}

std::vector<TimelinePoint> TimelineOf(Shelf& shelf, const std::string& one,
                                      const std::string& other, std::string_view period,
                                      bool directed, const std::string& code,
                                      const std::string& status, const std::string& place,
                                      const Day& since, const Day& until) {
  const TimelineQuery query{
      .one = one, .other = other, .directed = directed, .period = PeriodNamed(period)};
  const EventFilter filter = FilterOf("", "", code, status, place, since, until, 0);
  auto timeline = shelf.Do([&](Archive& archive) { return archive.FindTimeline(query, filter); });
  return std::move(timeline.points);
}

StoryPointer StoryNumbered(Shelf& shelf, const std::string& id) {
  return shelf.Do([&](Archive& archive) -> Result<StoryPointer> {
    DATELINE_TRY(const auto number, archive.FindStory(id));
    DATELINE_TRY(auto story, archive.LoadStory(number));
    return std::make_shared<StoryData>(std::move(story));
  });
}

nb::object ValueOf(const SqlValue& value) {
  const nb::str text(value.text.data(), value.text.size());
  const auto builtins = nb::module_::import_("builtins");
  switch (value.kind) {
    case SqlValue::Kind::kNull:
      return nb::none();
    case SqlValue::Kind::kNumber:
      return builtins.attr("int")(text);
    case SqlValue::Kind::kReal:
      return builtins.attr("float")(text);
    case SqlValue::Kind::kText:
      return text;
    case SqlValue::Kind::kBytes:
      return builtins.attr("bytes").attr("fromhex")(text);
  }
  return nb::none();
}

/// Names of the columns, and the rows.
std::pair<std::vector<std::string>, nb::list> Sql(Shelf& shelf, std::string_view statement) {
  std::vector<std::string> names;
  std::vector<std::vector<SqlValue>> rows;
  shelf.Do([&](Archive& archive) -> Result<bool> {
    const auto done = archive.Sql(
        statement, [&](const std::vector<std::string>& columns) { names = columns; },
        [&](const std::vector<SqlValue>& row) {
          rows.push_back(row);
          return true;
        });
    if (!done) return std::unexpected(done.error());
    return true;
  });
  nb::list out;
  for (const auto& row : rows) {
    nb::list values;
    for (const SqlValue& value : row) values.append(ValueOf(value));
    out.append(nb::tuple(values));
  }
  return {std::move(names), std::move(out)};
}

}  // namespace

void BindArchive(nb::module_& module) {
  nb::class_<SearchHit>(module, "Hit", "A story that a search found.")
      .def_prop_ro(
          "story", [](const SearchHit& h) { return std::to_string(h.story); },
          "Its number, for Archive.story.")
      .def_ro("id", &SearchHit::id)
      .def_ro("published", &SearchHit::published)
      .def_ro("headline", &SearchHit::headline)
      .def_ro("publisher", &SearchHit::publisher)
      .def_ro("snippet", &SearchHit::snippet)
      .def_ro("score", &SearchHit::score, "Greater is better.")
      .def("__repr__", [](const SearchHit& h) {
        return "<Hit " + h.published.value_or("") + " '" + h.headline + "'>";
      });

  nb::class_<TimelinePoint>(module, "Point", "The events of one period.")
      .def_ro("period", &TimelinePoint::name, "'2031-05-04', '2031-W18' or '2031-05'.")
      .def_prop_ro("events", [](const TimelinePoint& p) { return p.tally.events; })
      .def_prop_ro(
          "quads", [](const TimelinePoint& p) { return p.tally.quads; },
          "How many of quad class 1, 2, 3, 4.")
      .def_prop_ro(
          "goldstein", [](const TimelinePoint& p) { return p.tally.Mean(); },
          "The mean score; None without events.")
      .def("__repr__", [](const TimelinePoint& p) {
        return "<Point " + p.name + " " + std::to_string(p.tally.events) + ">";
      });

  nb::class_<Shelf>(module, "NativeArchive", "See dateline.Archive.")
      .def(
          "__init__",
          [](Shelf* self, const std::filesystem::path& path) {
            new (self) Shelf(ValueOrRaise(Archive::Open(path.string(), ArchiveAccess::kRead)));
          },
          "path"_a, nb::sig("def __init__(self, path: str | os.PathLike[str]) -> None"))
      .def("search", Search, "query"_a, "since"_a = nb::none(), "until"_a = nb::none(),
           "limit"_a = 20U, "newest_first"_a = false)
      .def("events", Events, "source"_a = "", "target"_a = "", "code"_a = "", "status"_a = "",
           "place"_a = "", "since"_a = nb::none(), "until"_a = nb::none(), "limit"_a = 0U)
      .def("quotes", Quotes, "by"_a = "", "about"_a = "", "since"_a = nb::none(),
           "until"_a = nb::none(), "limit"_a = 0U)
      .def("timeline", TimelineOf, "one"_a, "other"_a = "", "period"_a = "month",
           "directed"_a = false, "code"_a = "", "status"_a = "", "place"_a = "",
           "since"_a = nb::none(), "until"_a = nb::none())
      .def("story", StoryNumbered, "id"_a)
      .def("count",
           [](Shelf& shelf) {
             return shelf.Do([](Archive& archive) { return archive.CountStories(); });
           })
      .def("sql", Sql, "statement"_a,
           nb::sig(
               "def sql(self, statement: str) -> tuple[list[str], list[tuple[typing.Any, ...]]]"));
}

}  // namespace dateline::python
