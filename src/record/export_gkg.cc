// GDELT's Global Knowledge Graph 2.1: a row of 27 columns for each story, with lists in the cells.
// Readers split them at their delimiters without any escape, so no inner value holds one.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "record/export_forms.h"
#include "record/export_parts.h"
#include "record/offsets.h"
#include "record/rows.h"

namespace dateline::record {
namespace {

/// The value of a list's item.
std::string GkgValue(std::string_view text, std::string_view delimiters = ";#|,") {
  std::string out(text);
  for (char& c : out) {
    const bool cut = static_cast<unsigned char>(c) < 0x20 || delimiters.find(c) != delimiters.npos;
    if (cut) c = ' ';
  }
  return std::string(base::Trim(out));
}

/// Names one after the other, with ";" between them.
class GkgList {
 public:
  explicit GkgList(std::string_view between = ";") : between_(between) {}
  void Add(const std::string& item) {
    if (!text_.empty()) text_ += between_;
    text_ += item;
  }
  void AddOnce(const std::string& item) {
    if (seen_.insert(item).second) Add(item);
  }
  [[nodiscard]] std::string Take() { return std::move(text_); }

 private:
  std::string_view between_;
  std::string text_;
  std::set<std::string> seen_;
};

/// The cells of one story.
class GkgRow {
 public:
  GkgRow(const Story& story, const CodeNames& names)
      : story_(story), names_(names), offsets_(story, OffsetUnit::kChars) {}

  [[nodiscard]] std::string Counts(const ExportSource& source, bool with_offset) const {
    GkgList list;
    for (std::size_t i = 0; i < story_.events.size(); ++i) {
      const Event& event = story_.events[i];
      if (!IsChosen(source.choice, i)) continue;
      for (const EventCount& count : event.counts) {
        const std::string_view type = CountType(count);
        if (type.empty()) continue;
        std::string block = fmt::format("{}#{:.0f}##{}", type, count.least,
                                        GeoBlock(LocationOf(story_, event), false));
        if (with_offset) block += fmt::format("#{}", Offset(count.span));
        list.Add(block);
      }
    }
    return list.Take();
  }

  [[nodiscard]] std::string Locations() const {
    GkgList list;
    for (const Place& place : story_.places) {
      const Location location = LocationOf(story_, place);
      if (GeoType(location) > 0) list.AddOnce(GeoBlock(location, false));
    }
    return list.Take();
  }

  [[nodiscard]] std::string EnhancedLocations() const {
    GkgList list;
    for (const Place& place : story_.places) {
      const Location location = LocationOf(story_, place);
      if (GeoType(location) == 0) continue;
      list.Add(fmt::format("{}#{}", GeoBlock(location, true), Offset(place.span)));
    }
    return list.Take();
  }

  [[nodiscard]] std::string Names(EntityType type) const {
    GkgList list;
    for (const Entity& entity : story_.entities) {
      if (entity.type == type) list.AddOnce(base::Lower(GkgValue(entity.name)));
    }
    return list.Take();
  }

  /// Every place where somebody is named; of one type, or of all.
  [[nodiscard]] std::string EnhancedNames(std::optional<EntityType> type) const {
    std::vector<std::pair<Span, const Entity*>> named;
    for (const Entity& entity : story_.entities) {
      if (type && entity.type != *type) continue;
      for (const Mention& mention : entity.mentions) {
        if (mention.kind == MentionKind::kName)
          named.emplace_back(NameIn(mention, entity), &entity);
      }
    }
    std::ranges::stable_sort(named, {}, [](const auto& each) { return each.first; });
    GkgList list;
    for (const auto& [span, entity] : named) {
      list.Add(fmt::format("{},{}", GkgValue(entity->name), Offset(span)));
    }
    return list.Take();
  }

  /// Days, months and years that are named: resolution 3, 2, 1.
  [[nodiscard]] std::string Dates() const {
    GkgList list;
    for (const Timex& time : story_.times) {
      const auto date = ParseDate(time.value);
      if (time.type != TimexType::kDate || !date) continue;
      const auto precision = static_cast<int>(date->precision);
      const auto part = [&](int least, unsigned value) { return precision >= least ? value : 0; };
      list.Add(fmt::format("{},{},{},{},{}", precision + 1,
                           part(1, static_cast<unsigned>(date->ymd.month())),
                           part(2, static_cast<unsigned>(date->ymd.day())),
                           static_cast<int>(date->ymd.year()), Offset(time.span)));
    }
    return list.Take();
  }

  [[nodiscard]] std::string Quotations() const {
    GkgList list("#");
    for (const Attribution& attribution : story_.attributions) {
      if (attribution.kind == AttributionKind::kIndirect || attribution.content.empty()) continue;
      const Span span = {attribution.content.front().begin, attribution.content.back().end};
      const Span chars = *offsets_.Convert(span);
      list.Add(fmt::format("{}|{}|{}|{}", chars.begin, chars.size(),
                           GkgValue(TextOf(story_, attribution.cue), "#|"),
                           GkgValue(span.of(story_.text), "#|")));
    }
    return list.Take();
  }

  [[nodiscard]] std::string Amounts(const Choice& choice) const {
    GkgList list;
    for (std::size_t i = 0; i < story_.events.size(); ++i) {
      if (!IsChosen(choice, i)) continue;
      for (const EventCount& count : story_.events[i].counts) {
        const std::string object = count.unit.empty() ? count.of : count.of + " " + count.unit;
        list.Add(fmt::format("{},{},{}", count.least, GkgValue(object), Offset(count.span)));
      }
    }
    return list.Take();
  }

  [[nodiscard]] std::string Extras() const {
    const Article& article = story_.article;
    std::string xml;
    const auto add = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) xml += fmt::format("<{0}>{1}</{0}>", name, Escaped(value));
    };
    add("PAGE_TITLE", article.headline.value_or(""));
    add("PAGE_AUTHORS", Joined(article.author, [](const std::string& a) { return a; }, ";"));
    if (article.date_published && article.date_published->time) {
      add("PAGE_PRECISEPUBTIMESTAMP", Published());
    }
    return xml;
  }

  /// YYYYMMDDHHMMSS, in UTC where the story tells its zone.
  [[nodiscard]] std::string Published() const {
    const auto& published = story_.article.date_published;
    if (!published) return "";
    auto moment = std::chrono::sys_seconds{std::chrono::sys_days{published->date.ymd}};
    moment += published->time.value_or(std::chrono::seconds(0));
    moment -= published->utc_offset.value_or(std::chrono::minutes(0));
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::hh_mm_ss clock(moment - day);
    const Date date{std::chrono::year_month_day{day}, Date::Precision::kDay};
    return fmt::format("{}{:02}{:02}{:02}", Digits(date), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
  }

 private:
  /// A mention has the title that belongs to it; the name itself stands behind.
  [[nodiscard]] Span NameIn(const Mention& mention, const Entity& entity) const {
    const auto at = mention.span.of(story_.text).find(entity.name);
    if (at == std::string_view::npos) return mention.span;
    const std::size_t begin = mention.span.begin + at;
    return MakeSpan(begin, begin + entity.name.size());
  }

  static std::string_view CountType(const EventCount& count) {
    if (count.of == "killed") return "KILL";
    if (count.of == "injured") return "WOUND";
    if (count.of == "arrested") return "ARREST";
    return count.of == "crowd" ? "PROTEST" : "";
  }

  /// type#name#country#adm1[#adm2]#lat#lon#feature
  [[nodiscard]] std::string GeoBlock(const Location& location, bool enhanced) const {
    const int type = GeoType(location);
    if (type == 0) return enhanced ? "#######" : "######";
    const std::string fips = Looked(names_.fips, location.country);
    return fmt::format(
        "{}#{}#{}#{}{}#{}#{}#{}", type, GkgValue(FullName(location, names_), ";#|\t"), fips, fips,
        enhanced ? "#" : "", Number(location.lat), Number(location.lon), type == 1 ? fips : "");
  }

  [[nodiscard]] std::uint32_t Offset(Span span) const { return offsets_.Convert(span)->begin; }

  static std::string Escaped(const std::string& text) {
    std::string out;
    for (const char c : ForXml(text)) {
      if (c == '&') out += "&amp;";
      if (c == '<') out += "&lt;";
      if (c == '>') out += "&gt;";
      if (c != '&' && c != '<' && c != '>') out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out;
  }

  const Story& story_;
  const CodeNames& names_;
  Offsets offsets_;
};

}  // namespace

std::string WriteGkg(const Story& story, const ExportSource& source, const CodeNames& names) {
  const GkgRow row(story, names);
  const std::string published = row.Published();
  const std::string url = Url(story);
  const std::string words = fmt::format("wc:{}", story.article.word_count.value_or(0));
  const std::vector<std::string> cells = {fmt::format("{}-{}", source.added, source.number),
                                          published.empty() ? source.added : published,
                                          IsWeb(url) ? "1" : "2",
                                          GkgValue(SourceName(story), ""),
                                          GkgValue(url, ""),
                                          row.Counts(source, false),
                                          row.Counts(source, true),
                                          "",
                                          "",
                                          row.Locations(),
                                          row.EnhancedLocations(),
                                          row.Names(EntityType::kPerson),
                                          row.EnhancedNames(EntityType::kPerson),
                                          row.Names(EntityType::kOrganization),
                                          row.EnhancedNames(EntityType::kOrganization),
                                          "",
                                          row.Dates(),
                                          words,
                                          "",
                                          "",
                                          "",
                                          "",
                                          row.Quotations(),
                                          row.EnhancedNames(std::nullopt),
                                          row.Amounts(source.choice),
                                          "",
                                          row.Extras()};
  return Joined(cells, [](const std::string& cell) { return cell; }, "\t") + "\n";
}

}  // namespace dateline::record
