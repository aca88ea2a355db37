#include "article/meta.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "article/captions.h"
#include "article/chars.h"
#include "article/people.h"
#include "article/stories.h"
#include "article/wire_dateline.h"
#include "text/charsets.h"

namespace dateline::article {
namespace {

/// Begins one of the marks between the steps of a crumb trail.
bool MayPartCrumbs(char c) {
  return c == '>' || c == '/' || c == '|' || c == ':' || c == '\\' || c == '\xC2' || c == '\xE2';
}

/// Steps of "Home > Politics > Europe"; none when the line is no breadcrumb.
std::vector<std::string_view> Crumbs(std::string_view line, const LayoutCues& cues) {
  if (line.size() > 120 || std::ranges::none_of(line, MayPartCrumbs)) return {};
  for (const std::string_view mark : {">", "»", "›", "→", "/", "|", "::", "\\"}) {
    if (!line.contains(mark)) continue;
    std::vector<std::string_view> steps;
    std::size_t at = 0;
    while (at <= line.size()) {
      const std::size_t next = std::min(line.find(mark, at), line.size());
      const std::string_view step = Trim(line.substr(at, next - at));
      if (!step.empty()) steps.push_back(step);
      at = next + mark.size();
    }
    const auto is_home = [](std::string_view s) {
      const std::string f = FoldCue(s);
      return f == "home" || f == "homepage" || f == "home page" || f == "start" || f == "main";
    };
    const auto is_section = [&](std::string_view s) { return cues.sections.contains(FoldCue(s)); };
    if (steps.size() < 2) continue;
    const bool arrow = mark != "/" && mark != "|" && mark != "\\";
    const bool all_sections = std::ranges::all_of(steps, is_section);
    if (is_home(steps[0])) {
      steps.erase(steps.begin());
      return steps;
    }
    if (all_sections || (arrow && is_section(steps[0]))) return steps;
  }
  return {};
}

/// The parts of a line parted by '|' or the like, or by wide gaps.
std::vector<std::string_view> PartsOf(std::string_view line, const LayoutCues& cues) {
  std::vector<std::string_view> parts;
  if (line.size() > 260) return parts;
  const bool bar = line.contains('|');
  if (!bar && (line.back() == '.' || line.back() == '"') && line.size() > 100) return parts;
  if (!bar && !HasWideGap(line) && text::FindNonAscii(line, 0) == line.size()) return parts;
  std::string_view mark;
  if (bar) mark = "|";
  for (const std::string_view candidate : {" • ", " · ", " ● ", "   ", "  "}) {
    if (mark.empty() && line.contains(candidate)) {
      mark = candidate;
      break;
    }
  }
  if (mark.empty()) return parts;
  std::size_t at = 0;
  while (at <= line.size()) {
    const std::size_t next = std::min(line.find(mark, at), line.size());
    const std::string_view part = Trim(line.substr(at, next - at));
    if (!part.empty() && !parts.empty() && IsClock(part, cues) && FindDate(parts.back(), cues)) {
      // "March 3, 2021 | 4:05 pm" is one date
      const char* begin = parts.back().data();
      parts.back() = {begin, static_cast<std::size_t>(part.data() + part.size() - begin)};
    } else if (!part.empty()) {
      parts.push_back(part);
    }
    at = next + mark.size();
  }
  return parts;
}

bool FrontOnly(Role role) { return role == Role::kMasthead || role == Role::kEdition; }

/// Whether a cue may stand there at all.
bool CueBelongs(const Cue& cue, Place place) {
  const bool front = place != Place::kBack;
  if (FrontOnly(cue.role) && !front) return false;
  return cue.place == CuePlace::kAny || (cue.place == CuePlace::kFront) == front;
}

/// "Updated 3 March 2008"; a sentence ("Last updated rules date from 3 March") only where it tells
/// of itself, or has no other word.
bool OpensDateLine(const CueHit& hit, std::string_view line, const LayoutCues& cues) {
  if (!FindDate(hit.value, cues)) return false;
  return !EndsSentence(line) || hit.cue->phrase.starts_with("this ") || ReadDateStamp(line, cues);
}

/// Whether a cue counts at this place. Short words that open sentences are believed only where the
/// rest of the line bears them out.
bool CueHolds(const CueHit& hit, std::string_view line, Place place, const LayoutCues& cues) {
  if (!CueBelongs(*hit.cue, place)) return false;
  if (hit.cue->role == Role::kBody && hit.cue->match == CueMatch::kLine) {
    return place != Place::kBack;
  }
  switch (hit.cue->role) {
    case Role::kByline:
      if (hit.cue->match == CueMatch::kLabel) return line.size() < 200;
      return line.size() < 220 && !NamesIn(hit.value, cues).empty() && !EndsSentence(line);
    case Role::kReporting:
    case Role::kWriting:
    case Role::kContributor:
    case Role::kEditor:
      return line.size() < 700 && !hit.value.empty() &&
             (hit.cue->match == CueMatch::kLabel || BeginsUpper(hit.value));
    case Role::kJobLine:
      return line.size() < 90 && !EndsSentence(line);
    case Role::kCredit:
      return line.size() < 300;
    case Role::kPublished:
    case Role::kUpdated:
      return line.size() < 160 &&
             (hit.cue->match != CueMatch::kStart || OpensDateLine(hit, line, cues));
    case Role::kEmbargo:
      return line.size() < 240;
    case Role::kCopyright:
      return line.size() < 400 && (std::ranges::any_of(line, IsDigit) || line.contains("©") ||
                                   !EndsSentence(line) || FoldCue(line).contains("reserved"));
    case Role::kBoilerplate:
    case Role::kReadingTime:
      return hit.cue->match == CueMatch::kLine || line.size() < 320;
    case Role::kContact:
      return line.size() < 300;
    case Role::kMasthead:
      return line.size() < 80 && std::ranges::any_of(line, IsDigit);
    case Role::kStage:
    case Role::kAdvice:
      return false;  // only in brackets
    case Role::kSource:
      return line.size() < 160;
    default:
      return true;
  }
}

bool IsCreditRole(Role role) {
  return role == Role::kReporting || role == Role::kWriting || role == Role::kContributor ||
         role == Role::kEditor || role == Role::kCredit || role == Role::kSource;
}

/// A line without the dash or asterisk that sets a credit off: "--With assistance from Ann Lee."
std::string_view BehindDash(std::string_view line) {
  std::string_view rest = line;
  while (rest.starts_with('-') || rest.starts_with('*') || rest.starts_with('_'))
    rest.remove_prefix(1);
  while (rest.starts_with("—") || rest.starts_with("–")) rest.remove_prefix(3);
  return Trim(rest);
}

bool ClassifyCue(std::string_view line, Place place, const LayoutCues& cues, Meta& meta) {
  CueHit hit = cues.Find(line);
  if (hit.cue == nullptr) {
    const std::string_view rest = BehindDash(line);
    if (rest.size() == line.size()) return false;
    hit = cues.Find(rest);
    if (hit.cue == nullptr || !IsCreditRole(hit.cue->role)) return false;
  }
  if (!CueHolds(hit, line, place, cues)) return false;
  meta.kind = MetaKind::kCue;
  meta.hit = hit;
  return true;
}

bool ClassifyBracketed(std::string_view line, Place place, const LayoutCues& cues, Meta& meta) {
  if (line.ends_with(").") || line.ends_with("].")) line.remove_suffix(1);
  const bool round = line.front() == '(' && line.back() == ')';
  const bool square = line.front() == '[' && line.back() == ']';
  if ((!round && !square) || line.size() < 3) return false;
  const std::string_view inner = Trim(line.substr(1, line.size() - 2));
  if (cues.IsAgency(inner)) {
    meta.kind = MetaKind::kAgency;
    return true;
  }
  const CueHit hit = cues.Find(inner);
  if (hit.cue == nullptr) return false;
  const Role role = hit.cue->role;
  if (role == Role::kStage || role == Role::kAdvice ||
      (CueHolds(hit, inner, place, cues) && role != Role::kDatabase) || role == Role::kCorrection) {
    meta.kind = MetaKind::kBracketed;
    meta.hit = hit;
    return true;
  }
  return false;
}

bool HasContributed(std::string_view line) {
  return line.size() < 500 && Contains(line, " contributed", 'b') &&
         (line.contains(" contributed to this ") || line.contains(" contributed reporting") ||
          line.contains(" contributed to the report") ||
          line.contains(" contributed additional ") || line.ends_with(" contributed.") ||
          line.contains(" contributed research") || line.contains(" also contributed to th"));
}

/// "— Reuters", "- AFP", "-- with AP".
bool IsAgencyCredit(std::string_view line, const LayoutCues& cues) {
  if (line.size() > 60) return false;
  std::string_view name = line;
  for (const std::string_view dash : {"—", "–", "--", "-", "=="}) {
    if (name.starts_with(dash)) {
      name = Trim(name.substr(dash.size()));
      break;
    }
  }
  if (name.starts_with("with ") || name.starts_with("With ")) name = Trim(name.substr(5));
  if (name.ends_with('.')) name.remove_suffix(1);
  if (cues.IsAgency(name)) return true;
  const std::size_t cut = std::min(name.find('/'), name.find(','));
  return cut != std::string_view::npos && cues.IsAgency(Trim(name.substr(0, cut))) &&
         cues.IsAgency(Trim(name.substr(cut + 1)));
}

/// "KYODO NEWS - Jan 7, 2020", "Alpine Weekly, 3 March 2018": a source and a date; nothing else.
std::vector<std::string_view> SourceAndDate(std::string_view line, const LayoutCues& cues) {
  if (line.size() > 100 || std::ranges::none_of(line, IsDigit)) return {};
  for (const std::string_view mark : {" - ", " – ", " — ", ", "}) {
    const std::size_t at = line.find(mark);
    if (at == line.npos) continue;
    const std::string_view source = Trim(line.substr(0, at));
    const std::string_view date = Trim(line.substr(at + mark.size()));
    if ((cues.IsAgency(source) || LooksLikeMasthead(source, cues)) && WholeDate(date, cues)) {
      return {source, date};
    }
  }
  return {};
}

/// "06.04.2022 - Update: 07.04.2022": a date and, behind a dash, another with its label.
std::vector<std::string_view> DateAndUpdate(std::string_view line, const LayoutCues& cues) {
  for (const std::string_view mark : {" - ", " – ", " — "}) {
    const std::size_t at = line.find(mark);
    if (at > 40) continue;
    const std::string_view date = Trim(line.substr(0, at));
    const std::string_view update = Trim(line.substr(at + mark.size()));
    const CueHit hit = cues.Find(update);
    const bool dated = hit.cue != nullptr &&
                       (hit.cue->role == Role::kUpdated || hit.cue->role == Role::kPublished);
    if (dated && WholeDate(date, cues)) return {date, update};
  }
  return {};
}

bool ClassifyParts(std::string_view line, Place place, const LayoutCues& cues, Meta& meta) {
  if (place == Place::kFront || place == Place::kBeforeHeadline) {
    meta.parts = SourceAndDate(line, cues);
    if (meta.parts.empty()) meta.parts = DateAndUpdate(line, cues);
    if (!meta.parts.empty()) meta.kind = MetaKind::kParts;
    if (!meta.parts.empty()) return true;
  }
  auto parts = PartsOf(line, cues);
  if (parts.size() < 2) return false;
  bool telling = false;
  bool all_known = true;
  for (const std::string_view part : parts) {
    const Meta one = Classify(part, place, cues);
    const bool known = one.kind != MetaKind::kNone && one.role() != Role::kRelated;
    telling = telling || (known && IsFrontMark(one));
    all_known = all_known && known;
    if (!known && !LooksLikeName(part, cues) && !LooksLikeMasthead(part, cues) &&
        !LooksLikeJob(part, cues) && !cues.IsAgency(part) && !DateAtStart(part, cues) &&
        part.size() > 24)
      return false;
  }
  if (!telling && !all_known) return false;
  meta.kind = MetaKind::kParts;
  meta.parts = std::move(parts);
  return true;
}

/// What a short line is that no cue tells.
MetaKind KindOfShort(std::string_view line, Place place, const LayoutCues& cues) {
  if (line.size() > 120) return MetaKind::kNone;
  if (IsAddress(line)) return MetaKind::kUrl;
  if (IsSignOff(line)) return MetaKind::kSignOff;
  const bool behind = place != Place::kFront && place != Place::kBeforeHeadline;
  return behind && IsAgencyCredit(line, cues) ? MetaKind::kAgency : MetaKind::kNone;
}

MetaKind KindByPlace(std::string_view line, Place place, const LayoutCues& cues) {
  if (place != Place::kBeforeHeadline && place != Place::kFront) {
    return HasContributed(line) ? MetaKind::kContributed : MetaKind::kNone;
  }
  if (line.size() < 40 && cues.sections.contains(FoldCue(line))) return MetaKind::kSection;
  if (!Crumbs(line, cues).empty()) return MetaKind::kCrumbs;
  return IsTransmission(line) ? MetaKind::kTransmission : MetaKind::kNone;
}

}  // namespace

Meta Classify(std::string_view line, Place place, const LayoutCues& cues) {
  Meta meta;
  if (line.empty()) return meta;
  const bool bracket = line.front() == '(' || line.front() == '[';
  if (bracket && ClassifyBracketed(line, place, cues, meta)) return meta;
  MachineHeader header;
  if (line[0] == 'd' && ParseMachineHeader(line, header)) {
    meta.kind = MetaKind::kHeader;
    return meta;
  }
  const bool parts = line.size() < 260 && place != Place::kBody;
  if (parts && ClassifyParts(line, place, cues, meta)) return meta;
  if (ClassifyCue(line, place, cues, meta)) return meta;
  if (line.size() <= 120) meta.date = WholeDate(line, cues);
  if (meta.date) {
    meta.kind = MetaKind::kDate;
    return meta;
  }
  meta.stamp = ReadDateStamp(line, cues, {.front = place == Place::kFront});
  if (meta.stamp) {
    meta.kind = MetaKind::kStamp;
    return meta;
  }
  meta.kind = KindOfShort(line, place, cues);
  if (meta.kind == MetaKind::kNone) meta.kind = KindByPlace(line, place, cues);
  return meta;
}

bool IsFrontMark(const Meta& meta) {
  switch (meta.kind) {
    case MetaKind::kHeader:
    case MetaKind::kDate:
    case MetaKind::kStamp:
    case MetaKind::kCrumbs:
    case MetaKind::kSection:
    case MetaKind::kParts:
      return true;
    case MetaKind::kCue:
      break;
    default:
      return false;
  }
  switch (meta.hit.cue->role) {
    case Role::kByline:
    case Role::kPublished:
    case Role::kUpdated:
    case Role::kSection:
    case Role::kDateline:
    case Role::kBody:
    case Role::kDatabase:
    case Role::kPublisher:
    case Role::kDescription:
    case Role::kEdition:
    case Role::kReadingTime:
    case Role::kJobLine:
      return true;
    default:
      return false;
  }
}

Span Record::SpanOf(std::string_view view) const {
  const auto begin = static_cast<std::size_t>(view.data() - text_.data());
  return MakeSpan(begin, begin + view.size());
}

void Record::Add(BlockKind kind, std::string_view view) {
  view = Trim(view);
  if (view.empty()) return;
  blocks.push_back({.kind = kind, .span = SpanOf(view), .speaker = {}});
}

void Record::AddUtterance(std::string_view view, std::string speaker) {
  view = Trim(view);
  if (view.empty()) return;
  blocks.push_back(
      {.kind = BlockKind::kUtterance, .span = SpanOf(view), .speaker = std::move(speaker)});
}

void Record::SetHeadline(std::string_view headline) {
  if (!article.headline) article.headline = Squeezed(headline);
  Add(BlockKind::kHeadline, headline);
}

void Record::SetDescription(std::string_view description) {
  if (!article.description) article.description = Squeezed(description);
  Add(BlockKind::kDescription, description);
}

void Record::AddAuthors(std::string_view line, bool lenient) {
  for (std::string& name : NamesIn(line, cues_, {.lenient = lenient})) {
    if (std::ranges::find(article.author, name) == article.author.end())
      article.author.push_back(std::move(name));
  }
}

void Record::AddSources(std::string_view value) {
  std::string_view rest = value;
  while (!rest.empty()) {
    std::size_t cut = rest.size();
    std::size_t length = 0;
    for (const std::string_view mark : {", and ", " and ", ", ", "; ", " & ", " / ", "/", " + "}) {
      const std::size_t at = rest.find(mark);
      if (at < cut) {
        cut = at;
        length = mark.size();
      }
    }
    std::string_view name = Trim(rest.substr(0, cut));
    while (name.ends_with('.') || name.ends_with(')') || name.ends_with(']'))
      name = Trim(name.substr(0, name.size() - 1));
    rest = rest.substr(std::min(rest.size(), cut + length));
    if (name.empty() || name.size() > 60) continue;
    std::string printed = Squeezed(name);
    if (std::ranges::find(article.source_organization, printed) ==
        article.source_organization.end())
      article.source_organization.push_back(std::move(printed));
  }
}

void Record::SetCorrection(std::string_view text) {
  text = Trim(text);
  if (text.empty()) return;
  if (!article.correction) article.correction = Squeezed(text);
}

void Record::SetDateline(std::string_view text, std::string_view place,
                         const std::vector<std::string_view>& agencies,
                         const std::optional<PrintedDate>& date) {
  Add(BlockKind::kDateline, text);
  if (article.dateline) return;
  article.dateline = Squeezed(text);
  if (!place.empty()) article.location_created = Squeezed(place);
  for (const std::string_view agency : agencies) dateline_agencies_.push_back(Squeezed(agency));
  dateline_date_ = date;
}

void Record::AddRelated(std::optional<std::string_view> label, std::string_view line,
                        std::string_view headline) {
  headline = Trim(headline);
  if (headline.empty()) return;
  for (const auto& [open, close] :
       {std::pair{"\"", "\""}, std::pair{"“", "”"}, std::pair{"”", "”"}}) {
    const std::string_view o = open;
    const std::string_view c = close;
    if (headline.size() > o.size() + c.size() && headline.starts_with(o) && headline.ends_with(c) &&
        headline.substr(o.size(), headline.size() - o.size() - c.size()).find(c) ==
            std::string_view::npos) {
      headline = headline.substr(o.size(), headline.size() - o.size() - c.size());
      break;
    }
  }
  RelatedLink link;
  if (label) link.label = Squeezed(*label);
  const std::size_t url = headline.find("http");
  if (url != std::string_view::npos && url > 0 && !headline.substr(url).contains(' ')) {
    link.url = std::string(headline.substr(url));
    headline = Trim(headline.substr(0, url));
  }
  link.headline = Squeezed(headline);
  link.span = SpanOf(headline);
  article.related_link.push_back(std::move(link));
  Add(BlockKind::kRelated, line);
}

Image* Record::ImageAbove(std::string_view line) {
  if (article.image.empty()) return nullptr;
  Image& image = article.image.back();
  const Span span = SpanOf(line);
  if (image.span.end > span.begin) return nullptr;
  const std::string_view between = text_.substr(image.span.end, span.begin - image.span.end);
  return std::ranges::any_of(between, IsWordByte) ? nullptr : &image;
}

void Record::AddPhotoCredit(std::string_view line, std::string_view credit) {
  credit = Trim(credit);
  Image* above = ImageAbove(line);
  if (above == nullptr || above->credit_text) {
    above = &article.image.emplace_back();
    above->span = SpanOf(credit);
  }
  above->credit_text = Squeezed(credit);
  above->span.end = SpanOf(credit).end;
  Add(BlockKind::kCredit, line);
}

void Record::AddCaption(std::string_view line, std::string_view text) {
  const CaptionParts parts = SplitCaption(text, cues_);
  if (parts.caption.empty() && !parts.credit.empty()) return AddPhotoCredit(line, parts.credit);
  Image* above = ImageAbove(line);
  if (above == nullptr || above->caption || (above->credit_text && !parts.credit.empty())) {
    above = &article.image.emplace_back();
    above->span = SpanOf(Trim(text));
  }
  if (!parts.caption.empty()) above->caption = Squeezed(parts.caption);
  if (!parts.credit.empty()) above->credit_text = Squeezed(parts.credit);
  above->span.end = SpanOf(Trim(text)).end;
  if (parts.caption.empty()) return Add(BlockKind::kCredit, line);
  const auto begin = static_cast<std::size_t>(parts.caption.data() - line.data());
  Add(BlockKind::kNote, line.substr(0, begin));
  Add(BlockKind::kCaption, parts.caption);
  Add(BlockKind::kCredit, line.substr(begin + parts.caption.size()));
}

void Record::ApplyHeader(std::string_view line) {
  MachineHeader header;
  Add(BlockKind::kSection, line);
  if (!ParseMachineHeader(line, header)) return;
  if (const auto date = ParseDate(header.date); date && !header_date_) header_date_ = *date;
  if (!header.section.empty() && !article.article_section)
    article.article_section = Squeezed(header.section);
}

void Record::ApplySection(std::string_view value) {
  if (value.empty() || article.article_section) return;
  // "LOCAL; Pg. 4", "A; Local", "NEWS, Page 3": the page is no part of it
  for (const std::string_view mark : {";", ", Pg", ", pg", ", p.", ", Page", ", PAGE", ", P."}) {
    const std::size_t cut = value.find(mark);
    if (cut != std::string_view::npos) value = Trim(value.substr(0, cut));
  }
  const auto steps = Crumbs(value, cues_);
  article.article_section = Squeezed(steps.size() > 1 && !value.contains('/') ? steps[0] : value);
}

void Record::ApplyKeywords(std::string_view value) {
  const char mark = value.contains(';') ? ';' : (value.contains(',') ? ',' : '|');
  std::size_t at = 0;
  const bool hashed = mark == '|' && value.starts_with('#');
  while (at <= value.size()) {
    const std::size_t next = std::min(value.find(hashed ? ' ' : mark, at), value.size());
    std::string_view word = Trim(value.substr(at, next - at));
    if (word.starts_with('#')) word.remove_prefix(1);
    if (next == value.size() && word.ends_with('.')) word.remove_suffix(1);
    if (!word.empty()) article.keywords.push_back(Squeezed(word));
    at = next + 1;
  }
}

void Record::ApplyCrumbs(std::string_view line) {
  const auto steps = Crumbs(line, cues_);
  if (!steps.empty() && !article.article_section) article.article_section = Squeezed(steps[0]);
  Add(BlockKind::kSection, line);
}

void Record::Published(PrintedDate date) {
  if (!published_) published_ = date;
}

void Record::ApplyPublished(std::string_view line, std::string_view value) {
  if (auto date = FindDate(value, cues_)) Published(*std::move(date));
  pending_update_ = false;
  Add(BlockKind::kDate, line);
}

void Record::ApplyUpdated(std::string_view value) {
  if (auto date = FindDate(value, cues_); date && !updated_) updated_ = *std::move(date);
  pending_update_ = value.empty();
}

void Record::ApplyStamp(std::string_view line, const DateStamp& stamp) {
  const bool update = pending_update_ && !stamp.labelled;
  if (stamp.published && update && !updated_) updated_ = stamp.published;
  if (stamp.published && !update) Published(*stamp.published);
  if (stamp.updated && !updated_) updated_ = stamp.updated;
  pending_update_ = false;
  for (const std::string_view author : stamp.authors) AddAuthors(author, false);
  for (const std::string_view source : stamp.sources) {
    if (cues_.IsAgency(source)) {
      if (article.source_organization.empty()) AddSources(source);
    } else if (!article.publisher) {
      article.publisher = Squeezed(source);
    }
  }
  if (!stamp.place.empty() && !article.dateline)
    return SetDateline(line, stamp.place, {}, std::nullopt);
  Add(BlockKind::kDate, line);
}

void Record::ApplyEmbargo(std::string_view line, std::string_view value) {
  if (auto date = FindDate(value, cues_); date && !embargo_) embargo_ = *std::move(date);
  Add(BlockKind::kNote, line);
}

void Record::ApplyDatelineLabel(std::string_view value) {
  const auto parsed = ParseDateline(value, cues_, {.label = true});
  if (parsed) return SetDateline(parsed->text, parsed->place, parsed->agencies, parsed->date);
  SetDateline(value, value, {}, std::nullopt);
}

void Record::ApplyByline(const CueHit& hit) {
  const bool label = hit.cue->match == CueMatch::kLabel;
  AddAuthors(hit.value, label);
  if (auto date = FindDate(hit.value, cues_)) {
    const std::string_view before =
        hit.value.substr(0, static_cast<std::size_t>(date->text.data() - hit.value.data()));
    const std::string folded = FoldCue(before);
    if (folded.contains("updated") || folded.contains("modified")) {
      ApplyUpdated(hit.value);
    } else {
      Published(*std::move(date));
    }
  }
}

void Record::Apply(std::string_view line, const Meta& meta, Place place) {
  switch (meta.kind) {
    case MetaKind::kNone:
      return Add(BlockKind::kNote, line);
    case MetaKind::kHeader:
      return ApplyHeader(line);
    case MetaKind::kDate:
      if (pending_update_ && !updated_) {
        updated_ = *meta.date;
      } else {
        Published(*meta.date);
      }
      pending_update_ = false;
      return Add(BlockKind::kDate, line);
    case MetaKind::kStamp:
      return ApplyStamp(line, *meta.stamp);
    case MetaKind::kCue:
      return ApplyCue(line, meta.hit);
    case MetaKind::kBracketed:
      return ApplyBracketed(line, meta.hit);
    case MetaKind::kCrumbs:
      return ApplyCrumbs(line);
    case MetaKind::kSection:
      ApplySection(line);
      return Add(BlockKind::kSection, line);
    case MetaKind::kParts:
      for (const std::string_view part : meta.parts) ApplyPart(part, place);
      return;
    case MetaKind::kAgency:
      return ApplyAgency(line);
    case MetaKind::kContributed:
      return ApplyContributed(line);
    default:
      return Add(BlockKind::kNote, line);
  }
}

void Record::ApplyBracketed(std::string_view line, const CueHit& hit) {
  if (ReadCredits(line)) return Add(BlockKind::kCredit, line);
  const Role role = hit.cue->role;
  if (role == Role::kCorrection) {
    const bool whole = hit.cue->match == CueMatch::kStart;
    SetCorrection(whole ? line.substr(1, line.size() - 2) : hit.value);
    return Add(BlockKind::kNote, line);
  }
  if (role == Role::kAdvice || role == Role::kStage) return Add(BlockKind::kNote, line);
  return ApplyCue(line, hit);
}

/// One part of a line of parts: "By Ann Lee | 3 May 2021 | Oslo".
void Record::ApplyPart(std::string_view part, Place place) {
  const Meta one = Classify(part, place, cues_);
  if (one.kind != MetaKind::kNone) {
    Apply(part, one, place);
  } else if (LooksLikeName(part, cues_) && article.author.empty()) {
    AddAuthors(part, false);
    Add(BlockKind::kByline, part);
  } else if (auto date = DateAtStart(part, cues_)) {
    Published(*std::move(date));
    Add(BlockKind::kDate, part);
  } else if (cues_.IsAgency(part)) {
    if (article.source_organization.empty()) AddSources(part);
    Add(BlockKind::kCredit, part);
  } else if (LooksLikeMasthead(part, cues_) && !article.publisher) {
    article.publisher = Squeezed(part);
    Add(BlockKind::kNote, part);
  } else {
    Add(BlockKind::kNote, part);
  }
}

void Record::ApplyAgency(std::string_view line) {
  std::string_view name = line;
  while (!name.empty() && !IsWordByte(name.front())) name.remove_prefix(1);
  while (!name.empty() && !IsWordByte(name.back())) name.remove_suffix(1);
  if (name.starts_with("with ") || name.starts_with("With ")) name = Trim(name.substr(5));
  if (article.source_organization.empty()) AddSources(name);
  Add(BlockKind::kCredit, line);
}

void Record::ApplyContributed(std::string_view line) {
  std::string_view names = line.substr(0, line.find(" contributed"));
  // Sentences before it ("Lee reported from Oslo. Ray contributed …") name authors.
  if (const std::size_t stop = names.rfind(". "); stop != std::string_view::npos)
    names = names.substr(stop + 2);
  for (std::string& name : NamesIn(names, cues_)) article.contributor.push_back(std::move(name));
  Add(BlockKind::kCredit, line);
}

void Record::ApplyTitle(std::string_view line, const CueHit& hit) {
  const std::string_view value = hit.value;
  if (!value.empty()) Add(BlockKind::kNote, line.substr(0, line.size() - value.size()));
  if (hit.cue->role == Role::kHeadline) {
    return article.headline ? Add(BlockKind::kNote, value) : SetHeadline(value);
  }
  const std::string folded = FoldCue(value);
  const bool none = folded.starts_with("none avail") || folded.starts_with("not avail");
  if (article.description || none) return Add(BlockKind::kNote, value);
  SetDescription(value);
}

/// A correction, also behind the words of an editor's note.
void Record::ApplyCorrection(std::string_view line, const CueHit& hit) {
  if (hit.cue->role == Role::kCorrection) {
    SetCorrection(hit.cue->match == CueMatch::kStart ? line : hit.value);
  } else if (const CueHit inner = cues_.Find(hit.value);
             inner.cue != nullptr && inner.cue->role == Role::kCorrection) {
    SetCorrection(inner.cue->match == CueMatch::kStart ? hit.value : inner.value);
  }
  Add(BlockKind::kNote, line);
}

void Record::ApplyCue(std::string_view line, const CueHit& hit) {
  const std::string_view value = hit.value;
  switch (hit.cue->role) {
    case Role::kHeadline:
    case Role::kDescription:
      return ApplyTitle(line, hit);
    case Role::kJobLine:
      return Add(BlockKind::kByline, line);
    case Role::kByline:
      ApplyByline(hit);
      return Add(BlockKind::kByline, line);
    case Role::kReporting:
    case Role::kWriting:
    case Role::kContributor:
    case Role::kEditor:
    case Role::kCredit:
      ReadCredits(line);
      return Add(BlockKind::kCredit, line);
    case Role::kPublished:
      return ApplyPublished(line, value);
    case Role::kUpdated:
      ApplyUpdated(value);
      return Add(BlockKind::kDate, line);
    case Role::kSection:
      ApplySection(value);
      return Add(BlockKind::kSection, line);
    case Role::kKeywords:
      ApplyKeywords(value);
      return Add(BlockKind::kNote, line);
    case Role::kPublisher:
      if (!article.publisher && !value.empty()) article.publisher = Squeezed(value);
      return Add(BlockKind::kNote, line);
    case Role::kSource:
      AddSources(value);
      return Add(BlockKind::kCredit, line);
    case Role::kAgencyCredit:
      if (article.source_organization.empty() && FoldCue(line).contains("agencies"))
        AddSources(line.substr(FoldCue(line).find("agencies")));
      return Add(BlockKind::kCredit, line);
    case Role::kDateline:
      Add(BlockKind::kNote, line.substr(0, line.size() - value.size()));
      return ApplyDatelineLabel(value);
    case Role::kEmbargo:
      return ApplyEmbargo(line, value);
    case Role::kCorrection:
    case Role::kEditorsNote:
      return ApplyCorrection(line, hit);
    case Role::kUrl:
      if (!article.url && value.starts_with("http")) article.url = Squeezed(value);
      return Add(BlockKind::kNote, line);
    case Role::kPhotoCredit:
      return AddPhotoCredit(line, value);
    case Role::kCaption:
      return AddCaption(line, value);
    default:
      return Add(BlockKind::kNote, line);
  }
}

namespace {

/// Where the clause of credits that begins at `at` ends: at ';', '|', a line's end before another
/// cue, or a full stop that is no initial's ("J. Roe").
std::size_t EndOfClause(std::string_view inner, std::size_t at, const LayoutCues& cues) {
  std::size_t next = std::min({inner.find(';', at), inner.find(". ", at), inner.find('|', at),
                               inner.find('\n', at), inner.size()});
  const auto initial = [&](std::size_t stop) {
    return inner[stop] == '.' && stop >= at + 1 && (stop < 2 || !IsWordByte(inner[stop - 2]));
  };
  while (next < inner.size() && initial(next)) {
    next = std::min({inner.find(';', next), inner.find(". ", next + 1), inner.size()});
  }
  while (next < inner.size() && inner[next] == '\n') {
    if (IsUpperAscii(inner[next + 1 < inner.size() ? next + 1 : next]) &&
        cues.Find(TrimLeft(inner.substr(next))).cue != nullptr)
      break;
    next = std::min(
        {inner.find(';', next), inner.find(". ", next), inner.find('\n', next + 1), inner.size()});
  }
  return next;
}

}  // namespace

/// The list that names behind this cue belong to; none for other cues.
std::vector<std::string>* Record::ListOf(Role role) {
  switch (role) {
    case Role::kReporting:
      return &reporting_;
    case Role::kWriting:
      return &writing_;
    case Role::kContributor:
      return &article.contributor;
    case Role::kEditor:
      return &article.editor;
    default:
      return nullptr;
  }
}

bool Record::ReadCredits(std::string_view line) {
  std::string_view inner = BehindDash(line);
  if (inner.starts_with('(') || inner.starts_with('[')) inner = inner.substr(1);
  if (inner.ends_with(')') || inner.ends_with(']')) inner = inner.substr(0, inner.size() - 1);
  bool any = false;
  std::size_t at = 0;
  while (at < inner.size()) {
    const std::size_t next = EndOfClause(inner, at, cues_);
    std::string_view clause = Trim(inner.substr(at, next - at));
    if (clause.starts_with("and ")) clause = Trim(clause.substr(4));
    at = next + 1;
    const CueHit hit = cues_.Find(clause);
    if (hit.cue == nullptr) continue;
    std::vector<std::string>* const to = ListOf(hit.cue->role);
    any = any || to != nullptr || hit.cue->role == Role::kCredit;
    if (to == nullptr) continue;
    for (std::string& name :
         NamesIn(hit.value, cues_, {.lenient = hit.cue->match == CueMatch::kLabel})) {
      if (std::ranges::find(*to, name) == to->end()) to->push_back(std::move(name));
    }
  }
  return any;
}

bool Record::MonthFirst(const PrintedDate& date) const {
  if (dateline_date_ && !dateline_date_->ambiguous && dateline_date_->month != 0) {
    if (dateline_date_->month == date.month && dateline_date_->day == date.day) return false;
    if (dateline_date_->month == date.day && dateline_date_->day == date.month) return true;
    if (dateline_date_->month == date.month) return false;
    if (dateline_date_->month == date.day) return true;
  }
  if (header_date_) return unsigned{header_date_->ymd.month()} == date.day;
  for (const auto& other : {published_, updated_}) {
    if (other && !other->ambiguous && other->text.contains('/') && other->month != 0) {
      const std::size_t slash = other->text.find('/');
      const unsigned first = static_cast<unsigned>(other->text[slash - 1] - '0');
      return first % 10 == other->month % 10 && other->day > 12;
    }
  }
  return date.american;
}

std::optional<DateTime> Record::ValueOf(PrintedDate date) const {
  if (date.ambiguous && MonthFirst(date)) date.Swap();
  return date.Value();
}

void Record::Finish() {
  if (article.author.empty()) article.author = reporting_.empty() ? writing_ : reporting_;
  if (article.source_organization.empty()) article.source_organization = dateline_agencies_;
  if (published_) {
    article.date_text = Squeezed(published_->text);
    article.date_published = ValueOf(*published_);
  } else if (dateline_date_) {
    article.date_text = Squeezed(dateline_date_->text);
    article.date_published = ValueOf(*dateline_date_);
  }
  if (header_date_ &&
      (!article.date_published || article.date_published->date.ymd != header_date_->ymd))
    article.date_published = DateTime{.date = *header_date_, .time = {}, .utc_offset = {}};
  if (updated_) article.date_modified = ValueOf(*updated_);
  if (embargo_) article.embargoed = ValueOf(*embargo_);
  std::ranges::stable_sort(blocks, {}, [](const Block& block) { return block.span.begin; });
}

}  // namespace dateline::article
