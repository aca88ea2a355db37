#include "html/fields.h"

#include <algorithm>
#include <array>
#include <bit>
#include <initializer_list>
#include <utility>

#include "base/ascii.h"
#include "html/plain.h"
#include "html/printed_date.h"
#include "readers/dates.h"
#include "text/unicode.h"

namespace dateline::html {
namespace {

constexpr std::size_t kLongestByline = 160;
constexpr std::size_t kDateWithin = 300;  ///< bytes of a block in which a date is looked for

/// "www.lake-herald.co.uk" gives "lakeherald".
std::string HostKey(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != url.npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#:"));
  std::string_view longest;
  while (!url.empty()) {
    const std::size_t dot = std::min(url.find('.'), url.size());
    const std::string_view label = url.substr(0, dot);
    if (label.size() >= longest.size() && label != "www") longest = label;
    url.remove_prefix(std::min(dot + 1, url.size()));
  }
  return MatchKey(longest);
}

struct Separator {
  std::string_view text;
};
constexpr auto kSeparators = std::to_array<std::string_view>(
    {" | ", " - ", " \u2013 ", " \u2014 ", " :: ", " \u00BB ", " \u00AB ", " \u00B7 ", " \u2022 ",
     " / ", " ~ ", " \u2190 ", " < ", " > ", "| ", " : ", " \u2502 "});

struct Part {
  std::string_view text;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A title cut at the marks that stand between it and the name of its site.
std::vector<Part> Parts(std::string_view title) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < title.size();) {
    std::size_t length = 0;
    for (const std::string_view separator : kSeparators) {
      if (title.substr(at).starts_with(separator)) length = std::max(length, separator.size());
    }
    if (length == 0) {
      ++at;
      continue;
    }
    parts.push_back({title.substr(begin, at - begin), begin, at});
    at += length;
    begin = at;
  }
  parts.push_back({title.substr(begin), begin, title.size()});
  return parts;
}

bool NamesSite(std::string_view part, std::span<const std::string> site_keys) {
  const std::string key = MatchKey(part);
  if (key.empty()) return true;
  return std::ranges::any_of(site_keys, [&](const std::string& site) {
    return site.size() >= 3 && (key == site || (key.size() < 32 && key.contains(site)) ||
                                (key.size() >= 4 && site.contains(key)));
  });
}

std::optional<DateTime> StatedDate(const std::optional<std::string>& text,
                                   const PageLexicon& lexicon) {
  if (!text) return std::nullopt;
  auto date = readers::ParseStatedDate(*text);
  if (!date) {
    if (const auto found = FindPrintedDate(CutAt(*text, 80), false, lexicon)) date = found->value;
  }
  if (date && (date->date.ymd.year() < std::chrono::year{1990} ||
               date->date.ymd.year() > std::chrono::year{2049}))
    return std::nullopt;
  return date;
}

struct Dated {
  DateTime value;
  std::string text;
};

/// How many bytes of a lower-case line are words before the names: "by ", "ein artikel von ".
std::size_t BylineStart(std::string_view lower) {
  static constexpr auto kStarts = std::to_array<std::string_view>({"by ",
                                                                   "by: ",
                                                                   "von ",
                                                                   "von: ",
                                                                   "por ",
                                                                   "por: ",
                                                                   "par ",
                                                                   "di ",
                                                                   "da ",
                                                                   "door ",
                                                                   "av ",
                                                                   "af ",
                                                                   "przez ",
                                                                   "autor: ",
                                                                   "autor ",
                                                                   "autorin: ",
                                                                   "autoren: ",
                                                                   "author: ",
                                                                   "authors: ",
                                                                   "author ",
                                                                   "auteur: ",
                                                                   "auteur : ",
                                                                   "auteur ",
                                                                   "autore: ",
                                                                   "written by ",
                                                                   "written by: ",
                                                                   "text: ",
                                                                   "text von ",
                                                                   "text von: ",
                                                                   "texte: ",
                                                                   "words by ",
                                                                   "words: ",
                                                                   "posted by ",
                                                                   "published by ",
                                                                   "reported by ",
                                                                   "story by ",
                                                                   "submitted by ",
                                                                   "interview: ",
                                                                   "interview von ",
                                                                   "protokoll: ",
                                                                   "ein beitrag von ",
                                                                   "ein artikel von ",
                                                                   "beitrag von ",
                                                                   "blog beitrag von ",
                                                                   "gastbeitrag von ",
                                                                   "kommentar von ",
                                                                   "eine analyse von ",
                                                                   "eine kolumne von ",
                                                                   "verfasst von ",
                                                                   "geschrieben von ",
                                                                   "gespeichert von ",
                                                                   "erstellt von ",
                                                                   "veröffentlicht von ",
                                                                   "veröffentlicht von",
                                                                   "publiziert von ",
                                                                   "eingestellt von ",
                                                                   "автор: ",
                                                                   "автор "});
  std::size_t longest = 0;
  for (const std::string_view start : kStarts) {
    if (lower.starts_with(start)) longest = std::max(longest, start.size());
  }
  return longest;
}

/// A name without what follows it in a byline: "Ann Lee am", "Ann Lee Thursday".
std::string_view WithoutTail(std::string_view name) {
  static constexpr auto kTails = std::to_array<std::string_view>(
      {" am",       " on",      " vom",     " at",        " le",        " in",
       " for",      " monday",  " tuesday", " wednesday", " thursday",  " friday",
       " saturday", " sunday",  " montag",  " dienstag",  " mittwoch",  " donnerstag",
       " freitag",  " samstag", " sonntag", " updated",   " published", " |",
       " -",        " \u2013",  ":",        ".",          " \u2022",    " \u00B7"});
  for (bool again = true; again;) {
    again = false;
    const std::string lower = base::Lower(name);
    for (const std::string_view tail : kTails) {
      // "J." keeps its stop.
      if (!lower.ends_with(tail) ||
          (tail == "." && name.size() < 16 && name.size() >= 2 && name[name.size() - 2] < 'a'))
        continue;
      name = TrimAscii(name.substr(0, name.size() - tail.size()));
      again = true;
      break;
    }
  }
  return name;
}

/// What stands behind a name and is none: degrees, offices.
bool IsTitleOnly(std::string_view name) {
  static constexpr auto kTitles = std::to_array<std::string_view>({"phd",
                                                                   "md",
                                                                   "mba",
                                                                   "rd",
                                                                   "msc",
                                                                   "ma",
                                                                   "ba",
                                                                   "jd",
                                                                   "dr",
                                                                   "prof",
                                                                   "jr",
                                                                   "sr",
                                                                   "ph.d",
                                                                   "m.d",
                                                                   "staff writer",
                                                                   "staff",
                                                                   "editor",
                                                                   "reporter",
                                                                   "correspondent",
                                                                   "contributor",
                                                                   "redakteur",
                                                                   "redakteurin",
                                                                   "author",
                                                                   "autor",
                                                                   "by",
                                                                   "von"});
  return std::ranges::find(kTitles, base::Lower(name)) != kTitles.end();
}

bool BeginsByline(std::string_view line) { return BylineStart(base::Lower(CutAt(line, 60))) > 0; }

/// Everything that a field may be taken from, and the taking.
class FieldFinder {
 public:
  FieldFinder(const PageView& page, const Facts& facts, const FieldOptions& options)
      : page_(page),
        facts_(facts),
        tree_(page.tree()),
        options_(options),
        title_(options.title_block.value_or(page.title_block())) {
    for (const StatedArticle& article : facts_.stated) {
      if (article.type.ends_with("Page")) {
        if (stated_page_ == nullptr) stated_page_ = &article;
      } else if (stated_ == nullptr || (!stated_->headline && article.headline)) {
        stated_ = &article;
      }
    }
  }

  Article Find() {
    Source();
    article_.headline = Headline();
    Published();
    Authors();
    Rest();
    return std::move(article_);
  }

 private:
  template <typename Get>
  [[nodiscard]] auto FromStated(Get get) const
      -> std::remove_cvref_t<decltype(get(std::declval<const StatedArticle&>()))> {
    if (stated_ != nullptr) return get(*stated_);
    return {};
  }

  void Source() {
    article_.publisher = facts_.First({"og:site_name"});
    if (auto name = FromStated([](const auto& s) { return s.publisher; })) {
      if (!article_.publisher) article_.publisher = std::move(name);
    }
    if (!article_.publisher)
      article_.publisher = facts_.First(
          {"application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"});
    TakeAddress();
    NoteSite();
  }

  [[nodiscard]] bool HasAddress() const {
    return article_.url && article_.url->starts_with("http");
  }

  void TakeAddress() {
    if (auto url = facts_.canonical) article_.url = std::move(url);
    if (HasAddress()) return;
    if (auto url = facts_.First({"og:url", "twitter:url"})) article_.url = std::move(url);
    if (HasAddress()) return;
    if (auto url = FromStated([](const auto& s) { return s.url; })) article_.url = std::move(url);
  }

  /// What the paper is called, by its address and by its own words.
  void NoteSite() {
    const auto note = [&](std::string key) {
      if (key.size() >= 3) site_keys_.push_back(std::move(key));
    };
    for (const std::string_view url : Addresses()) note(HostKey(url));
    for (const auto& name : {article_.publisher, facts_.First({"application-name", "twitter:site"}),
                             FromStated([](const auto& s) { return s.publisher; })}) {
      if (name) note(MatchKey(*name));
    }
  }

  // ------------------------------------------------------------------ the headline

  [[nodiscard]] bool InScope(NodeIndex node) const {
    return options_.scope == 0 ||
           (node >= options_.scope && node < tree_.nodes[options_.scope].end);
  }

  [[nodiscard]] std::optional<std::string> Shown() const {
    if (title_ >= page_.blocks().size()) return std::nullopt;
    const TextBlock& block = page_.blocks()[title_];
    std::string raw;
    ForEachText(tree_, block, [&](NodeIndex, const Node& node) { raw.append(tree_.TextOf(node)); });
    std::string line = PlainLine(raw);
    return line.empty() ? std::nullopt : std::optional(std::move(line));
  }

  [[nodiscard]] std::optional<std::string> Clean(const std::optional<std::string>& title) const {
    if (!title) return std::nullopt;
    std::string line = WithoutSite(*title, site_keys_);
    return line.empty() ? std::nullopt : std::optional(std::move(line));
  }

  /// Whether one title is the other with something before or behind it.
  static bool Agree(std::string_view one, std::string_view other) {
    const std::string a = MatchKey(one);
    const std::string b = MatchKey(other);
    if (a.size() < 4 || b.size() < 4) return false;
    return a == b || a.contains(b) || b.contains(a);
  }

  [[nodiscard]] std::optional<std::string> Headline() const {
    auto shown = Shown();
    const auto stated = FromStated([](const auto& s) { return s.headline; });
    const auto social = Clean(facts_.First({"og:title", "twitter:title"}));
    const auto title = Clean(facts_.title);
    if (shown) {
      const std::string key = MatchKey(*shown);
      bool agreed = false;
      for (const auto& other : {stated, social, title}) {
        if (!other || !Agree(*shown, *other)) continue;
        // A kicker or a date in the heading beside the headline itself.
        const std::string inner = MatchKey(*other);
        if (inner.size() >= 16 && inner.size() < key.size() && key.ends_with(inner)) return other;
        agreed = true;
      }
      if (agreed) return shown;
    }
    const bool real_heading = shown && IsHeading(title_) && NotTheSite(*shown);
    if (real_heading) return shown;
    for (const auto& other : {stated, social, title, shown}) {
      if (other) return other;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool IsHeading(std::size_t block) const {
    return Has(tree_.nodes[page_.blocks()[block].parent].tag, Trait::kHeading);
  }
  [[nodiscard]] bool NotTheSite(std::string_view line) const {
    return !NamesSite(line, site_keys_);
  }

  // ------------------------------------------------------------------ dates

  [[nodiscard]] std::optional<DateTime> Stated(const std::optional<std::string>& text) const {
    return StatedDate(text, page_.lexicon());
  }

  bool Take(const std::optional<std::string>& text) {
    const auto date = Stated(text);
    if (!date || article_.date_published) return false;
    article_.date_published = *date;
    article_.date_text = text;
    return true;
  }

  [[nodiscard]] std::optional<std::string> Microdata(std::string_view property) const {
    for (const Property& each : facts_.properties) {
      if (each.name != property || each.scope == "Comment" || each.scope == "UserComments")
        continue;
      const Node& node = tree_.nodes[each.node];
      for (const AttributeName name : {AttributeName::kContent, AttributeName::kDatetime}) {
        if (const auto value = tree_.Find(node, name)) {
          if (std::string line = PlainLine(*value); !line.empty()) return line;
        }
      }
      if (std::string line = PlainLine(tree_, each.node, 200); !line.empty()) return line;
    }
    return std::nullopt;
  }

  void Published() {
    Take(FromStated([](const auto& s) { return s.date_published; }));
    Take(facts_.First({"article:published_time"}));
    Take(facts_.First({"og:article:published_time", "og:published_time", "article:published",
                       "rnews:datepublished"}));
    Take(facts_.First({"datepublished",
                       "publishdate",
                       "publish-date",
                       "publish_date",
                       "pubdate",
                       "published_date",
                       "published-date",
                       "sailthru.date",
                       "parsely-pub-date",
                       "cxenseparse:recs:publishtime",
                       "dc.date.issued",
                       "dcterms.issued",
                       "dc.date.created",
                       "dcterms.created",
                       "dcterms.date",
                       "dc.date",
                       "date_published",
                       "article.published",
                       "article:publish_date",
                       "originalpublicationdate",
                       "displaydate",
                       "created",
                       "date",
                       "bt:pubdate",
                       "vr:published_time",
                       "last-published",
                       "firstpublishdate"}));
    Take(Microdata("datePublished"));
    if (!article_.date_published) TakePrinted();
    if (!article_.date_published && options_.scope == 0) TakeFromScripts();
    if (!article_.date_published) {
      for (const std::string_view url : Addresses()) {
        if (const auto date = DateInAddress(url); date && !article_.date_published)
          article_.date_published = date;
      }
    }
    MendDay();
    article_.date_modified = Stated(FromStated([](const auto& s) { return s.date_modified; }));
    if (!article_.date_modified)
      article_.date_modified = Stated(
          facts_.First({"article:modified_time", "og:updated_time", "datemodified", "last-modified",
                        "dcterms.modified", "dc.date.modified", "article:modified", "revised"}));
    if (!article_.date_modified) article_.date_modified = Stated(Microdata("dateModified"));
    if (!article_.date_published && stated_page_ != nullptr) Take(stated_page_->date_published);
    if (!article_.date_published) Take(Microdata("dateCreated"));
    if (!article_.date_published) article_.date_published = article_.date_modified;
  }

  /// The data of a page that its scripts build: the first date of publication among them.
  void TakeFromScripts() {
    static constexpr auto kKeys = std::to_array<std::string_view>(
        {"\"datePublished\":\"", "\"publishedDate\":\"", "\"publishDate\":\"", "\"publishedAt\":\"",
         "\"published_at\":\"", "\"publicationDate\":\"", "\"published\":\"", "\"createdAt\":\""});
    for (const std::string_view key : kKeys) {
      for (const Node& node : tree_.nodes) {
        if (!node.text || tree_.nodes[node.parent].tag != Tag::kScript) continue;
        const std::string_view script = tree_.TextOf(node);
        const std::size_t at = script.find(key);
        if (at == script.npos) continue;
        const std::string_view value = CutAt(script.substr(at + key.size()), 40);
        if (Take(std::string(value.substr(0, value.find('"'))))) return;
      }
    }
  }

  /// A moment given in UTC may fall on another day than that on which the story came out where it
  /// was written. The day in the address is that day; a moment that is midnight in Central Europe
  /// stands for a day without a time.
  void MendDay() {
    auto& published = article_.date_published;
    if (!published || !published->time || published->utc_offset != std::chrono::minutes{0}) return;
    const std::chrono::sys_days day{published->date.ymd};
    for (const std::string_view url : Addresses()) {
      const auto stated = DateInAddress(url);
      if (!stated) continue;
      const auto apart = std::chrono::sys_days{stated->date.ymd} - day;
      if (apart == std::chrono::days{1} || apart == std::chrono::days{-1}) published = stated;
      return;
    }
    const auto hour = std::chrono::duration_cast<std::chrono::minutes>(*published->time);
    if (hour != std::chrono::hours{23} && hour != std::chrono::hours{22}) return;
    if (published->time->count() % 3600 != 0 || !CentralEuropean()) return;
    DateTime next;
    next.date.ymd = day + std::chrono::days{1};
    published = next;
  }

  [[nodiscard]] std::array<std::string_view, 2> Addresses() const {
    return {options_.url, article_.url ? std::string_view(*article_.url) : std::string_view()};
  }

  [[nodiscard]] bool CentralEuropean() const {
    const std::string lang = base::Lower(facts_.language.value_or("")).substr(0, 2);
    static constexpr auto kLanguages = std::to_array<std::string_view>(
        {"de", "fr", "it", "pl", "cs", "sk", "nl", "da", "sv", "no", "nb", "hu", "sl", "hr", "es"});
    return std::ranges::find(kLanguages, lang) != kLanguages.end();
  }

  [[nodiscard]] bool MonthFirst() const {
    const std::string lang = base::Lower(facts_.language.value_or(""));
    return lang == "en" || lang.starts_with("en-us") || lang.starts_with("en_us");
  }

  /// Parts that the node and the three elements around it are called.
  [[nodiscard]] PartSet PartsNear(NodeIndex node) const {
    PartSet parts = 0;
    for (int step = 0; step < 4 && node != 0; ++step) {
      parts |= page_.PartsOf(node);
      node = tree_.nodes[node].parent;
    }
    return parts;
  }

  [[nodiscard]] bool AnyOf(PartSet parts, std::initializer_list<std::string_view> names) const {
    return std::ranges::any_of(
        names, [&](std::string_view name) { return (parts & page_.lexicon().Part(name)) != 0; });
  }

  /// Steps between a node and the headline, behind it counted half; 0 when there is none.
  [[nodiscard]] int DistanceOf(NodeIndex node) const {
    if (title_ >= page_.blocks().size()) return 0;
    const auto title = static_cast<std::int64_t>(page_.blocks()[title_].first);
    const std::int64_t distance = static_cast<std::int64_t>(node) - title;
    return static_cast<int>(std::min<std::int64_t>(distance < 0 ? -2 * distance : distance, 900));
  }

  /// How well a printed date or byline at a node is placed to be that of the story.
  [[nodiscard]] int PlaceScore(NodeIndex node) const {
    const PartSet near = PartsNear(node);
    const PartSet around = page_.PartsAround(node);
    int score = 0;
    if (AnyOf(near,
              {"related", "teaser", "comment", "sidebar", "nav", "footer", "event", "weather"}))
      score -= 3;
    if (AnyOf(around, {"related", "comment", "footer"})) score -= 3;
    if (AnyOf(near, {"date"})) score += 2;
    if (AnyOf(near, {"meta", "author"})) score += 1;
    if (title_ < page_.blocks().size()) {
      const NodeIndex title = page_.blocks()[title_].first;
      const auto distance = static_cast<std::int64_t>(node) - static_cast<std::int64_t>(title);
      if (distance < -60 || distance > 400) score -= 3;
      if (distance >= -40 && distance <= 60) score += 3;
    }
    return score;
  }

  /// The best placed of the printed dates.
  struct PrintedDate {
    int score = -5000;
    DateTime value{};
    std::string text{};
  };

  void Offer(int score, NodeIndex node, const DateTime& value, std::string text,
             PrintedDate& best) const {
    score = 1000 * score - DistanceOf(node);
    if (score <= best.score) return;
    best = {.score = score, .value = value, .text = std::move(text)};
  }

  void OfferElement(const TimeElement& time, PrintedDate& best) const {
    const auto stated = Stated(PlainLine(time.datetime));
    std::string text = PlainLine(tree_, time.node, 200);
    if (stated) {
      if (text.empty()) text = PlainLine(time.datetime);
      Offer(PlaceScore(time.node) + 3, time.node, *stated, std::move(text), best);
    } else if (const auto found = FindPrintedDate(text, MonthFirst(), page_.lexicon())) {
      Offer(PlaceScore(time.node) + 2, time.node, found->value,
            text.substr(found->begin, found->end - found->begin), best);
    }
  }

  void OfferBlock(const TextBlock& block, PrintedDate& best) const {
    std::string raw;
    ForEachText(tree_, block, [&](NodeIndex, const Node& node) {
      if (raw.size() < kDateWithin)
        raw.append(CutAt(tree_.TextOf(node), kDateWithin)).push_back(' ');
    });
    const std::string text = PlainLine(raw);
    const auto found = FindPrintedDate(text, MonthFirst(), page_.lexicon());
    if (!found) return;
    // In running text a date counts when it opens the story.
    if (block.words > 30 && found->begin > 2) return;
    int score = PlaceScore(block.first);
    if (block.words > 12) score -= 2;
    if (block.words > 20) score -= 2;
    if (page_.lexicon().SaysUpdated(text)) score -= 1;
    Offer(score, block.first, found->value, text.substr(found->begin, found->end - found->begin),
          best);
  }

  void TakePrinted() {
    PrintedDate best;
    const int none = best.score;
    for (const TimeElement& time : facts_.times) OfferElement(time, best);
    for (const TextBlock& block : page_.all_blocks()) {
      if (block.digits >= 3 && InScope(block.first)) OfferBlock(block, best);
    }
    if (best.score == none) return;
    article_.date_published = best.value;
    article_.date_text = std::move(best.text);
  }

  // ------------------------------------------------------------------ authors

  void AddNames(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const std::string key = MatchKey(name);
      if (key.empty() || name.size() > 80 || name.contains("http") || name.contains('@')) continue;
      const bool known = std::ranges::any_of(
          article_.author, [&](const std::string& other) { return MatchKey(other) == key; });
      if (!known) article_.author.push_back(name);
    }
  }

  void AddByline(const std::optional<std::string>& line) {
    if (line) AddNames(NamesInByline(*line));
  }

  /// Whether the authors so far are nobody but the paper itself.
  [[nodiscard]] bool OnlyTheSite() const {
    return std::ranges::all_of(article_.author, [&](const std::string& name) {
      return NamesSite(name, site_keys_) || IsNobody(name);
    });
  }

  static bool IsNobody(std::string_view name) {
    const std::string key = MatchKey(name);
    static constexpr auto kNobody = std::to_array<std::string_view>(
        {"admin", "administrator", "redaktion", "redazione",   "redaccion", "editor",
         "staff", "webmaster",     "author",    "autor",       "root",      "user",
         "gast",  "guest",         "anonymous", "unknown",     "noauthor",  "none",
         "null",  "undefined",     "gastautor", "dieredaktion"});
    return std::ranges::find(kNobody, key) != kNobody.end();
  }

  /// Sets the paper's own name aside; whether authors are left.
  bool SettleAuthors() {
    if (!OnlyTheSite()) {
      std::erase_if(article_.author, [&](const std::string& name) {
        const std::string key = MatchKey(name);
        return std::ranges::find(site_keys_, key) != site_keys_.end() || IsNobody(name);
      });
    }
    if (!article_.author.empty() && OnlyTheSite()) {
      if (fallback_.empty()) fallback_ = article_.author;
      article_.author.clear();
    }
    return !article_.author.empty();
  }

  /// Whether the page's meta elements name authors.
  bool AuthorsInMeta() {
    for (const std::string_view name :
         {"author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
          "sailthru.author", "byl", "citation_author", "authors", "article.author", "creator"}) {
      for (const Meta& meta : facts_.meta) {
        if (meta.name == name) AddByline(PlainLine(meta.content));
      }
      if (SettleAuthors()) return true;
    }
    return false;
  }

  void Authors() {
    for (const std::string& name : FromStated([](const auto& s) { return s.author; }))
      AddByline(name);
    if (SettleAuthors()) return;
    for (const Property& each : facts_.properties) {
      if (each.name == "author" && each.scope != "Comment" && each.scope != "UserComments")
        AddMicrodata(each);
    }
    if (SettleAuthors() || AuthorsInMeta()) return;
    Printed();
    if (!SettleAuthors()) article_.author = fallback_;
  }

  void AddMicrodata(const Property& property) {
    const Node& node = tree_.nodes[property.node];
    for (const Property& inner : facts_.properties) {
      if (inner.name != "name" || inner.node <= property.node || inner.node >= node.end) continue;
      if (const auto content = tree_.Find(tree_.nodes[inner.node], AttributeName::kContent)) {
        AddByline(PlainLine(*content));
      } else {
        AddByline(PlainLine(tree_, inner.node, kLongestByline));
      }
      return;
    }
    if (const auto content = tree_.Find(node, AttributeName::kContent)) {
      AddByline(PlainLine(*content));
    } else {
      AddByline(PlainLine(tree_, property.node, kLongestByline));
    }
  }

  /// Bylines in the text: links to authors, elements called so, near the headline first; else a
  /// line that begins as bylines do.
  void Printed() {
    const PartSet author = page_.lexicon().Part("author");
    int best = 1;
    std::vector<std::string> names;
    for (NodeIndex at = 1; at < tree_.nodes.size(); ++at) {
      const Node& node = tree_.nodes[at];
      if (node.text || node.end - at > 40 || !InScope(at)) continue;
      const bool linked = node.tag == Tag::kA && LinksToAuthor(node);
      const bool named = (page_.PartsOf(at) & author) != 0;
      if (!linked && !named) continue;
      const int score = PlaceScore(at) + (linked ? 3 : 0) + 2;
      if (score <= best) continue;
      std::vector<std::string> found = Persons(PlainLine(tree_, at, kLongestByline + 1));
      if (found.empty() || found.size() > 4) continue;
      best = score;
      names = std::move(found);
    }
    if (names.empty()) names = BylineBlock();
    AddNames(names);
  }

  [[nodiscard]] bool LinksToAuthor(const Node& node) const {
    if (base::Lower(tree_.Get(node, AttributeName::kRel)).contains("author")) return true;
    const std::string href = base::Lower(CutAt(tree_.Get(node, AttributeName::kHref), 300));
    static constexpr auto kFolders = std::to_array<std::string_view>(
        {"/author/", "/authors/", "/autor/", "/autoren/", "/autorin/", "/autori/", "/auteur/",
         "/auteurs/", "/autores/", "/redakteur/", "/journalist/", "/by/", "/writer/",
         "/contributor/", "/reporter/", "?author="});
    return std::ranges::any_of(kFolders,
                               [&](std::string_view folder) { return href.contains(folder); });
  }

  /// The names in a byline that may be persons' names.
  [[nodiscard]] std::vector<std::string> Persons(std::string_view line) const {
    std::vector<std::string> names = NamesInByline(line);
    std::erase_if(names, [&](const std::string& name) {
      bool whole = false;
      const auto role = page_.lexicon().RoleOf(text::ToLower(CutAt(name, 60)), whole);
      return whole || (role && *role != PhraseRole::kAuthor && *role != PhraseRole::kPhoto);
    });
    return names;
  }

  [[nodiscard]] std::vector<std::string> BylineBlock() const {
    for (const TextBlock& block : page_.all_blocks()) {
      if (block.words > 16 || block.words < 2 || PlaceScore(block.first) < 2) continue;
      if (!InScope(block.first)) continue;
      std::string raw;
      ForEachText(tree_, block, [&](NodeIndex, const Node& node) {
        raw.append(tree_.TextOf(node)).push_back(' ');
      });
      const std::string line = PlainLine(raw);
      if (!BeginsByline(line)) continue;
      auto names = Persons(line);
      if (!names.empty() && names.size() <= 4) return names;
    }
    return {};
  }

  // ------------------------------------------------------------------ the rest

  void Rest() {
    article_.description =
        facts_.First({"og:description", "description", "twitter:description", "dc.description"});
    if (!article_.description)
      article_.description = FromStated([](const auto& s) { return s.description; });
    article_.alternative_headline =
        FromStated([](const auto& s) { return s.alternative_headline; });
    article_.article_section = FromStated([](const auto& s) { return s.section; });
    if (!article_.article_section)
      article_.article_section = facts_.First(
          {"article:section", "section", "parsely-section", "og:section", "sailthru.section"});
    article_.in_language = Language();
    Keywords();
  }

  [[nodiscard]] std::optional<std::string> Language() const {
    for (const auto& code :
         {facts_.language, FromStated([](const auto& s) { return s.language; }),
          facts_.First({"content-language", "language", "dc.language", "og:locale"})}) {
      if (!code) continue;
      std::string tag = code->substr(0, code->find_first_of(", ;"));
      std::ranges::replace(tag, '_', '-');
      if (tag.size() >= 2 && tag.size() <= 12 && text::IsLetter(text::FirstCodePoint(tag)))
        return tag;
    }
    return std::nullopt;
  }

  void Keywords() {
    std::vector<std::string> lists = FromStated([](const auto& s) { return s.keywords; });
    if (lists.empty()) {
      for (const Meta& meta : facts_.meta) {
        if (meta.name == "article:tag") lists.push_back(PlainLine(meta.content));
      }
    }
    if (lists.empty()) {
      if (auto list = facts_.First({"news_keywords", "keywords", "parsely-tags"}))
        lists.push_back(std::move(*list));
    }
    for (const std::string& list : lists) {
      for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find_first_of(",;", at), list.size());
        std::string word(TrimAscii(std::string_view(list).substr(at, end - at)));
        if (!word.empty() && word.size() <= 100 && article_.keywords.size() < 64 &&
            std::ranges::find(article_.keywords, word) == article_.keywords.end())
          article_.keywords.push_back(std::move(word));
        at = end + 1;
      }
    }
  }

  const PageView& page_;
  const Facts& facts_;
  const Tree& tree_;
  const FieldOptions& options_;
  std::size_t title_;                           ///< the block of the headline
  const StatedArticle* stated_ = nullptr;       ///< the article in JSON-LD
  const StatedArticle* stated_page_ = nullptr;  ///< the web page around it
  std::vector<std::string> site_keys_;
  std::vector<std::string> fallback_;
  Article article_;
};

/// The line without "By" and without what follows a date in it.
std::string_view WithoutByAndDate(std::string_view line) {
  for (std::size_t start = 1; start > 0;) {
    start = BylineStart(base::Lower(CutAt(line, 60)));
    line = TrimAscii(line.substr(start));
  }
  // "ByAnn Lee": what a page parts by its looks alone.
  for (const std::string_view glued : {"By", "Von"}) {
    if (line.starts_with(glued) && text::StartsUpper(line.substr(glued.size())))
      line.remove_prefix(glued.size());
  }
  // What begins with a number is a date ("TAG24" is a name).
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] < '0' || line[at] > '9' || (at > 0 && line[at - 1] != ' ')) continue;
    line = line.substr(0, at);
  }
  return line;
}

/// How long the mark is that parts two names at `at`; 0 where there is none.
std::size_t JoinAt(std::string_view lower, std::size_t at) {
  static constexpr auto kMarks =
      std::to_array<std::string_view>({",", ";", "|", " & ", " and ", " und ", " et ", " y ", " e ",
                                       " / ", " \u2022 ", " \u00B7 ", " \u2013 ", " - ", "(", ")"});
  std::size_t length = 0;
  for (const std::string_view mark : kMarks) {
    if (lower.substr(at).starts_with(mark)) length = std::max(length, mark.size());
  }
  return length;
}

void AddNameIn(std::string_view part, std::vector<std::string>& names) {
  const std::string_view name = WithoutTail(TrimAscii(part));
  const auto words =
      static_cast<std::size_t>(std::ranges::count(name, ' ')) + (name.empty() ? 0 : 1);
  if (words >= 1 && words <= 5 && text::HasLetter(name) && !IsTitleOnly(name))
    names.emplace_back(name);
}

}  // namespace

std::string WithoutSite(std::string_view title, std::span<const std::string> site_keys) {
  std::vector<Part> parts = Parts(title);
  std::size_t first = 0;
  std::size_t last = parts.size();
  while (last - first > 1 && NamesSite(parts[last - 1].text, site_keys)) --last;
  while (last - first > 1 && NamesSite(parts[first].text, site_keys)) ++first;
  // Sections and slogans behind the title are shorter than it.
  while (last - first > 1 && parts[last - 1].text.size() < 28 &&
         parts[first].text.size() > 2 * parts[last - 1].text.size())
    --last;
  return text::HasLetter(title)
             ? std::string(TrimAscii(
                   title.substr(parts[first].begin, parts[last - 1].end - parts[first].begin)))
             : std::string(title);
}

std::vector<std::string> NamesInByline(std::string_view line) {
  line = TrimAscii(line);
  if (line.empty() || line.size() > kLongestByline) return {};
  line = WithoutByAndDate(line);
  const std::string lower = base::Lower(line);
  std::vector<std::string> names;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = JoinAt(lower, at);
    if (length == 0) {
      ++at;
      continue;
    }
    AddNameIn(line.substr(begin, at - begin), names);
    at += length;
    begin = at;
  }
  AddNameIn(line.substr(begin), names);
  return names;
}

Article FindFields(const PageView& page, const Facts& facts, const FieldOptions& options) {
  return FieldFinder(page, facts, options).Find();
}

}  // namespace dateline::html
