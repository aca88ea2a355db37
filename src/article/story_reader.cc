#include "article/story_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "article/captions.h"
#include "article/chars.h"
#include "article/meta.h"
#include "article/people.h"
#include "article/transcript.h"
#include "article/wire_dateline.h"

namespace dateline::article {
namespace {

constexpr std::size_t kLongestHeadline = 300;
constexpr std::size_t kLongestSubheading = 90;
constexpr std::size_t kFrontReach = 16;  ///< how many items behind the headline may be front matter

/// "- Scent fences -", "*** The deal ***", "== History ==", "## Costs": the words within.
std::optional<std::string_view> InsideOrnament(std::string_view line) {
  if (line.size() > kLongestSubheading + 20 || IsAlphaAscii(line[0]) || IsDigit(line[0])) {
    return std::nullopt;
  }
  for (const std::string_view mark : {"-", "–", "—", "*", "=", "~", "_", "#", "■", "•", "+"}) {
    std::string_view core = line;
    while (core.starts_with(mark)) core.remove_prefix(mark.size());
    const bool opened = core.size() < line.size();
    const std::size_t opened_size = core.size();
    while (core.ends_with(mark)) core.remove_suffix(mark.size());
    const bool closed = core.size() < opened_size;
    core = Trim(core);
    if (core.empty()) return std::nullopt;
    if (opened && (closed || (mark == "#" && IsSpace(line[line.find_first_not_of('#')]))))
      return core;
  }
  return std::nullopt;
}

bool IsEndMark(std::string_view line) {
  for (const std::string_view mark : {"■", "□", "●", "◼", "◾", "▪", "♦", "###", "# # #", "#", "##",
                                      "####", "*", "▇", "█", "⬛"}) {
    if (line == mark) return true;
  }
  return false;
}

/// An end mark at the end of a paragraph: " ■", " -30-", " (END)".
std::string_view DropEndMark(std::string_view text) {
  constexpr std::string_view kNone = ".\"?!,;:\x9D";  // how paragraphs end (0x9D: the end of ”)
  if (text.empty() || kNone.contains(text.back())) return text;
  for (const std::string_view mark :
       {"■",        "□",       "●",       "◼",       "◾",     "▪",       "█",
        " Enditem", " -30-",   " /ends/", " (ends)", " (END)", " -ends-", " ENDS",
        " (End)",   " (Ends)", " ###",    " -END-",  " //",    " ♦",      " Endit"}) {
    if (text.ends_with(mark) && text.size() > mark.size() + 20)
      return TrimRight(text.substr(0, text.size() - mark.size()));
  }
  return text;
}

/// A credit behind the last sentence: "… (ANI)", "… PTI SOM", "… EFE", "… -- BERNAMA".
/// Whether this is an agency, or one with the initials of its people: "Reuters", "AFP ab/cd".
bool IsWireCredit(std::string_view credit, const LayoutCues& cues) {
  if (!cues.BeginsAgency(FirstPart(credit))) return false;
  const auto words = WordsOf(credit);
  if (words.empty() || words.size() > 4) return false;
  if (cues.IsAgency(credit)) return true;
  const auto initials = [](std::string_view word) { return word.size() <= 4 && AllCaps(word); };
  return cues.IsAgency(words[0]) && AllCaps(words[0]) &&
         std::all_of(words.begin() + 1, words.end(), initials);
}

/// Whether a sentence may end with this byte.
bool MayEndText(char c) {
  return c == '.' || c == '"' || c == '?' || c == '!' || c == ')' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view DropWireCredit(std::string_view text, const LayoutCues& cues) {
  const std::string_view tail = text.substr(text.size() > 40 ? text.size() - 40 : 0);
  for (std::size_t at = tail.size(); at-- > 1;) {
    if (tail[at] != ' ' || !MayEndText(tail[at - 1])) continue;
    std::string_view credit = Trim(tail.substr(at));
    while (!credit.empty() && !IsWordByte(credit.front())) credit.remove_prefix(1);
    while (!credit.empty() && !IsWordByte(credit.back())) credit.remove_suffix(1);
    if (IsWireCredit(credit, cues))
      return TrimRight(text.substr(0, text.size() - (tail.size() - at)));
  }
  return text;
}

class StoryReader {
 public:
  StoryReader(std::string_view text, const std::vector<Item>& items, const Known& known,
              const LayoutCues& cues)
      : items_(items), known_(known), cues_(cues), record_(text, cues), speakers_(text) {}

  Reading Read() {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (!IsOrnament(items_[i].text)) last_ = i;
    }
    asked_ = CountAsked() >= 2;
    transcript_ = IsTranscript(items_, cues_, asked_) && !BeginsAsWire();
    const std::size_t headline = known_.headline ? 0 : FindHeadline();
    const std::size_t body = ReadFront(headline);
    interview_ = !transcript_ && !asked_ && IsInterview(body);
    ReadBody(body);
    record_.Finish();
    return Close();
  }

 private:
  [[nodiscard]] std::string_view TextOf(std::size_t i) const { return items_[i].text; }

  [[nodiscard]] std::size_t CountAsked() const {
    std::size_t count = 0;
    for (const Item& item : items_) {
      const AskMark mark = ParseAskMark(item.text, cues_);
      count += mark.length > 0 && mark.question ? 1U : 0U;
    }
    return count;
  }

  /// Whether a line opens with a dateline that names its day or agency.
  [[nodiscard]] bool OpensWire(std::size_t i) const {
    if (i >= items_.size() || ParseSpeaker(TextOf(i), cues_)) return false;
    const auto dateline = ParseDateline(TextOf(i), cues_);
    return dateline && (dateline->date || !dateline->agencies.empty());
  }

  /// Whether one of the first lines opens so.
  [[nodiscard]] bool BeginsAsWire() const {
    constexpr std::size_t kFront = 4;
    for (std::size_t i = 0; i < kFront; ++i) {
      if (OpensWire(i)) return true;
    }
    return false;
  }

  /// "MALI-NIGER: Ministers open talks" above the dateline is a headline.
  [[nodiscard]] bool IsSlugged(std::size_t i) const {
    return ParseSpeaker(TextOf(i), cues_).has_value() && OpensWire(i + 1);
  }

  /// The dateline that a line opens with; "MS. GREY: …" in a transcript is none.
  [[nodiscard]] const std::optional<WireDateline>& Dateline(std::size_t i) const {
    if (datelines_.empty()) datelines_.resize(items_.size());
    Asked& kept = datelines_[i];
    if (!kept.asked && !(transcript_ && ParseSpeaker(TextOf(i), cues_)) && !IsSlugged(i))
      kept.dateline = ParseDateline(TextOf(i), cues_);
    kept.asked = true;
    return kept.dateline;
  }

  /// What item `i` is as front matter, and behind the first paragraph. Lines are asked for often,
  /// by those around them, so the answers are kept.
  [[nodiscard]] const Meta& Front(std::size_t i) const { return Kept(front_, i, Place::kFront); }
  [[nodiscard]] const Meta& Back(std::size_t i) const { return Kept(back_, i, Place::kBack); }
  [[nodiscard]] const Meta& Kept(std::vector<std::optional<Meta>>& kept, std::size_t i,
                                 Place place) const {
    if (kept.empty()) kept.resize(items_.size());
    if (!kept[i]) kept[i] = Classify(TextOf(i), place, cues_);
    return *kept[i];
  }

  // ---------------------------------------------------------------- front matter

  /// Whether the item tells the story rather than naming it.
  [[nodiscard]] bool IsLead(std::size_t i) const {
    const std::string_view line = TextOf(i);
    if (line.size() > kLongestHeadline) return true;
    if (BulletLength(line) > 0 || ParseAskMark(line, cues_).length > 0) return true;
    if (transcript_ && ParseSpeaker(line, cues_)) return true;
    if (Dateline(i)) return true;
    const bool sentence = EndsSentence(line) && line.back() != '?' && line.back() != '!';
    return sentence && (line.size() > 170 || (line.contains(". ") && line.size() > 120));
  }

  /// "ANKARA" alone on a line.
  [[nodiscard]] bool IsPlaceLine(std::size_t i) const {
    const std::string_view line = TextOf(i);
    if (line.size() > 40) return false;
    const std::string_view city = line.substr(0, line.find(','));
    if (cues_.places.contains(FoldCue(city)) && (AllCaps(line) || city.size() == line.size())) {
      return true;
    }
    return record_.article.headline && IsCityAndCountry(city, line.substr(city.size()));
  }

  /// "BURSA, Türkiye": a name in capitals and, behind a comma, one that is not.
  static bool IsCityAndCountry(std::string_view city, std::string_view rest) {
    if (city.size() < 3 || rest.size() < 4 || !AllCaps(city)) return false;
    const auto words = WordsOf(rest.substr(1));
    return words.size() <= 2 && !AllCaps(rest) && !EndsSentence(rest) &&
           std::ranges::all_of(words, [](std::string_view word) { return BeginsUpper(word); });
  }

  /// Takes in what stands above the headline, and the headline; gives the item behind it.
  std::size_t FindHeadline() {
    const bool labelled = HasLabelledHeadline();
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const std::string_view line = TextOf(i);
      if (IsOrnament(line)) continue;
      const Meta meta = Classify(line, Place::kBeforeHeadline, cues_);
      if (meta.kind != MetaKind::kNone && !MayBeHeadline(i, meta)) {
        if (meta.role() == Role::kBody) return i;
        if (meta.role() == Role::kHeadline) return TakeLabelledHeadline(i, meta);
        i = TakeAboveHeadline(i, meta);
      } else if (IsKicker(i)) {
        record_.article.article_section = Squeezed(line);
        record_.Add(BlockKind::kSection, line);
      } else if (labelled || IsMastheadHere(i)) {
        TakeMasthead(i);
      } else {
        return IsLead(i) || IsPlaceLine(i) ? i : TakeHeadline(i);
      }
    }
    return items_.size();
  }

  /// Gives the last item taken.
  std::size_t TakeAboveHeadline(std::size_t i, const Meta& meta) {
    if (meta.role() == Role::kContact) return TakeContact(i);
    TakeFront(i, meta, Place::kBeforeHeadline);
    return i;
  }

  /// "HEADLINE: …", or the label alone and the headline on the next line.
  std::size_t TakeLabelledHeadline(std::size_t i, const Meta& meta) {
    TakeFront(i, meta, Place::kBeforeHeadline);
    if (!meta.hit.value.empty() || i + 1 >= items_.size()) return i + 1;
    record_.SetHeadline(TextOf(i + 1));
    return i + 2;
  }

  /// A word or two over a headline: a section that no table names. In capitals over one that is
  /// not, or parted from it by a blank line where a standfirst, byline or date follows it.
  [[nodiscard]] bool IsKicker(std::size_t i) const {
    const std::string_view line = TextOf(i);
    if (line.size() > 24 || WordsOf(line).size() > 2 || i + 2 >= items_.size()) return false;
    if (EndsSentence(line) || std::ranges::any_of(line, IsDigit)) return false;
    const std::string_view next = TextOf(i + 1);
    const bool capitals = AllCaps(line) && !AllCaps(next);
    const bool parted = BeginsUpper(line) && items_[i + 1].blanks > 0 && items_[i + 2].blanks == 0;
    return (capitals || parted) && !record_.article.article_section && !IsPlaceLine(i) &&
           WordsOf(next).size() >= 4 && !IsLead(i + 1) &&
           Classify(next, Place::kBeforeHeadline, cues_).kind == MetaKind::kNone;
  }

  [[nodiscard]] bool HasLabelledHeadline() const {
    for (std::size_t i = 0; i < std::min<std::size_t>(items_.size(), 14); ++i) {
      const CueHit hit = cues_.Find(TextOf(i));
      if (hit.cue != nullptr && hit.cue->role == Role::kHeadline) return true;
      if (hit.cue != nullptr && hit.cue->role == Role::kBody) return false;
      if (TextOf(i).size() > kLongestHeadline) return false;
    }
    return false;
  }

  /// A cue that may as well be the first words of a headline: "Opinion | Why …", "Watch: …".
  [[nodiscard]] bool MayBeHeadline(std::size_t i, const Meta& meta) const {
    if (meta.kind != MetaKind::kCue) return false;
    switch (meta.role()) {
      case Role::kRelated:
      case Role::kNotesLine:
        return !meta.hit.value.empty();
      case Role::kSource:
      case Role::kCorrection:
      case Role::kKeywords:
      case Role::kAnswer:
      case Role::kQuestion:
      case Role::kCredit:
        return !EndsSentence(TextOf(i)) && i == 0 && meta.role() != Role::kSource &&
               meta.role() != Role::kKeywords;
      case Role::kRelatedHead:
        return true;
      default:
        return false;
    }
  }

  /// The name of a paper above the headline: more of a headline must follow before the story.
  [[nodiscard]] bool IsMastheadHere(std::size_t i) const {
    if (!LooksLikeMasthead(TextOf(i), cues_) && !cues_.IsAgency(TextOf(i)) &&
        !(LooksLikeName(TextOf(i), cues_) && i > 0))
      return false;
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      if (IsOrnament(TextOf(j))) continue;
      const Meta& meta = Front(j);
      if (meta.kind != MetaKind::kNone) continue;
      if (LooksLikeJob(TextOf(j), cues_)) continue;
      return !IsLead(j) && HasLeadAfter(j);
    }
    return false;
  }

  [[nodiscard]] bool HasLeadAfter(std::size_t i) const {
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      if (TextOf(j).size() > 60 || EndsSentence(TextOf(j))) return true;
    }
    return false;
  }

  void TakeMasthead(std::size_t i) {
    const std::string_view line = TextOf(i);
    const bool paper = LooksLikeMasthead(line, cues_) || cues_.IsAgency(line);
    if (!record_.article.publisher && paper) record_.article.publisher = Squeezed(line);
    record_.Add(BlockKind::kNote, line);
  }

  std::size_t TakeHeadline(std::size_t i) {
    std::size_t last = i;
    // A headline of two lines: the second begins small, or both are capitals.
    if (i + 1 < items_.size() && items_[i + 1].blanks == 0 && Continues(i, i + 1)) last = i + 1;
    const char* begin = TextOf(i).data();
    const char* end = TextOf(last).data() + TextOf(last).size();
    std::string_view headline{begin, static_cast<std::size_t>(end - begin)};
    while (headline.starts_with('^') || headline.starts_with("# ") || headline.starts_with('*'))
      headline = Trim(headline.substr(1));
    while (headline.ends_with('<') || headline.ends_with('*') || headline.ends_with('='))
      headline = Trim(headline.substr(0, headline.size() - 1));
    record_.SetHeadline(headline);
    return last + 1;
  }

  [[nodiscard]] bool Continues(std::size_t i, std::size_t next) const {
    const std::string_view line = TextOf(next);
    if (IsOrnament(line) || EndsSentence(TextOf(i)) || line.size() > 120) return false;
    if (Front(next).kind != MetaKind::kNone) return false;
    if (IsLowerAscii(line[0])) return true;
    return AllCaps(line) && AllCaps(TextOf(i)) && !LooksLikeJob(line, cues_) && !Dateline(next) &&
           next + 1 < items_.size();
  }

  /// Where the front matter ends. Lines between headline and body are the standfirst when a byline,
  /// a date or the dateline follows them.
  struct FrontEnd {
    std::size_t end = 0;
    bool closed = false;  ///< shown by a mark, not only guessed
  };

  /// What the scan for it has seen.
  struct FrontScan {
    FrontEnd front;
    std::size_t plain = 0;  ///< lines that tell nothing, since the last mark
    bool exported = false;  ///< in the header of a database export
  };

  [[nodiscard]] FrontEnd FindFrontEnd(std::size_t begin) const {
    FrontScan scan{.front = {.end = begin}};
    const std::size_t end = std::min(items_.size(), begin + kFrontReach);
    for (std::size_t i = begin; i < end && ScanFront(i, scan); ++i) {
    }
    return scan.front;
  }

  /// Looks at an item; false when the front ends before or with it.
  bool ScanFront(std::size_t i, FrontScan& scan) const {
    const std::string_view line = TextOf(i);
    if (IsOrnament(line)) return true;
    const Meta& meta = Front(i);
    const Role role = meta.role();
    scan.exported = scan.exported || IsWordCount(meta);
    if (scan.exported && role == Role::kCopyright) scan.front = {i + 1, true};
    if (scan.exported && IsShortLine(line, meta)) return true;
    if (role == Role::kBody) scan.front = {i, true};
    if (role == Role::kBody || role == Role::kEnd || role == Role::kNotesToEnd) return false;
    if (ShowsFront(i, meta) && HasBodyAfter(i)) {
      scan.front = {i + 1, true};
      scan.plain = 0;
      return true;
    }
    if (meta.kind != MetaKind::kNone || IsAside(i)) return true;
    if (Dateline(i)) scan.front = {i, true};
    if (Dateline(i)) return false;
    return IsPlaceLine(i) || (line.size() <= 400 && ++scan.plain <= 2 && !IsSpoken(line));
  }

  /// A line that no cue knows and that is no sentence, as headers of databases have them.
  static bool IsShortLine(std::string_view line, const Meta& meta) {
    return meta.kind == MetaKind::kNone && line.size() < 60 && !EndsSentence(line);
  }

  /// A mark of front matter, or a job title.
  [[nodiscard]] bool ShowsFront(std::size_t i, const Meta& meta) const {
    const std::string_view line = TextOf(i);
    if (IsFrontMark(meta) || IsAffiliation(i)) return true;
    return meta.kind == MetaKind::kNone && line.size() < 70 && LooksLikeJob(line, cues_);
  }

  /// A question, an answer, or a speaker's turn.
  [[nodiscard]] bool IsSpoken(std::string_view line) const {
    if (asked_ && ParseAskMark(line, cues_).length > 0) return true;
    return transcript_ && ParseSpeaker(line, cues_).has_value();
  }

  /// "412 words" alone on a line: the header of a database export.
  static bool IsWordCount(const Meta& meta) {
    return meta.role() == Role::kDatabase && meta.hit.cue->match == CueMatch::kLine &&
           meta.hit.cue->phrase.ends_with("words");
  }

  /// Job titles, names, captions by their credit: neither standfirst nor body.
  [[nodiscard]] bool IsAside(std::size_t i) const {
    const std::string_view line = TextOf(i);
    return BulletLength(line) > 0 || (line.size() < 70 && LooksLikeJob(line, cues_)) ||
           cues_.IsAgency(line) || EndsInPhotoCredit(line, cues_);
  }

  [[nodiscard]] bool HasBodyAfter(std::size_t i) const {
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      const std::string_view line = TextOf(j);
      if (IsOrnament(line)) continue;
      if (Back(j).kind != MetaKind::kNone) {
        const Role role = Front(j).role();
        if (role == Role::kBody || role == Role::kQuestion) return true;
        continue;
      }
      if (line.size() > 60 || EndsSentence(line) || Dateline(j)) return true;
    }
    return false;
  }

  std::size_t ReadFront(std::size_t begin) {
    const FrontEnd front = FindFrontEnd(begin);
    std::size_t next = begin;  // a list that opens in the front may be read beyond its end
    while (next < front.end) next = ReadFrontItem(next) + 1;
    if (IsLateStandfirst(next)) {
      record_.SetDescription(TextOf(next));
      return next + 1;
    }
    if (front.end > begin || front.closed) return next;
    if (IsAdjacentStandfirst(begin)) {
      record_.SetDescription(TextOf(begin));
      return begin + 1;
    }
    return begin;
  }

  /// A line behind byline and date that is no sentence, with the first paragraph behind it.
  [[nodiscard]] bool IsLateStandfirst(std::size_t i) const {
    if (i < 2 || i + 1 >= items_.size() || record_.article.description || known_.headline)
      return false;
    const std::string_view line = TextOf(i);
    if (EndsSentence(line) || line.size() > 220 || WordsOf(line).size() < 6 || IsOrnament(line) ||
        BulletLength(line) > 0 || !BeginsUpper(line) || Dateline(i))
      return false;
    if (Front(i).kind != MetaKind::kNone) return false;
    if (EndsInPhotoCredit(line, cues_) || (transcript_ && ParseSpeaker(line, cues_))) return false;
    return EndsSentence(TextOf(i + 1)) && TextOf(i + 1).size() > 40;
  }

  /// Headline and standfirst stand together, blank lines part everything else.
  [[nodiscard]] bool IsAdjacentStandfirst(std::size_t i) const {
    if (known_.headline || i == 0 || i + 2 >= items_.size() || !record_.article.headline)
      return false;
    if (record_.article.description || items_[i].blanks > 0 || items_[i + 1].blanks == 0)
      return false;
    if (Front(i).kind != MetaKind::kNone) return false;
    if (BulletLength(TextOf(i)) > 0 || TextOf(i).size() > 400) return false;
    return items_[i + 2].blanks > 0 && !Dateline(i);
  }

  std::size_t TakeFrontMark(std::size_t i, const Meta& meta) {
    const Role role = meta.role();
    if (role == Role::kRelated || role == Role::kRelatedHead) return TakeRelated(i, meta);
    if (role == Role::kContact) return TakeContact(i);
    TakeFront(i, meta, Place::kFront);
    return i;
  }

  std::size_t ReadFrontItem(std::size_t i) {
    const std::string_view line = TextOf(i);
    if (IsOrnament(line)) return i;
    const Meta& meta = Front(i);
    exported_ = exported_ || IsWordCount(meta);
    if (meta.kind != MetaKind::kNone) return TakeFrontMark(i, meta);
    if (const std::size_t bullet = BulletLength(line); bullet > 0) {
      record_.Add(BlockKind::kListItem, line.substr(bullet));
    } else if (EndsInPhotoCredit(line, cues_)) {
      record_.AddCaption(line, line);
    } else if (IsPlaceLine(i)) {
      record_.SetDateline(line, line, {}, std::nullopt);
    } else if (IsNameLine(i)) {
      record_.AddAuthors(line, false);
      record_.Add(BlockKind::kByline, line);
    } else if (LooksLikeJob(line, cues_) || cues_.IsAgency(line) || IsAffiliation(i)) {
      record_.Add(BlockKind::kByline, line);
    } else if (exported_) {
      if (!record_.article.publisher) record_.article.publisher = Squeezed(line);
      record_.Add(BlockKind::kNote, line);
    } else if (LooksLikeMasthead(line, cues_) && !record_.article.publisher) {
      TakeMasthead(i);
    } else if (!record_.article.description) {
      record_.SetDescription(line);
    } else {
      record_.Add(BlockKind::kNote, line);
    }
    return i;
  }

  /// "BBC News, Kell" right under a byline.
  [[nodiscard]] bool IsAffiliation(std::size_t i) const {
    if (i == 0 || items_[i].blanks > 0 || !LooksLikeMasthead(TextOf(i), cues_)) return false;
    return Front(i - 1).role() == Role::kByline;
  }

  /// A name alone: beside a date or a job title, and no byline before.
  [[nodiscard]] bool IsNameLine(std::size_t i) const {
    if (!record_.article.author.empty()) return false;
    const std::string_view line = TextOf(i);
    std::string_view core = line;
    if (const std::size_t comma = line.find(','); comma != std::string_view::npos) {
      core = line.substr(0, comma);
      if (!LooksLikeJob(line.substr(comma + 1), cues_) &&
          !cues_.IsAgency(Trim(line.substr(comma + 1))))
        return false;
      return LooksLikeName(core, cues_);
    }
    if (const std::size_t in = line.find(" in "); in != std::string_view::npos && line.size() < 60)
      core = line.substr(0, in);
    if (!LooksLikeName(core, cues_) || LooksLikeMasthead(core, cues_)) return false;
    const auto beside = [&](std::size_t j) {
      if (j >= items_.size()) return false;
      const Meta& meta = Front(j);
      return meta.kind == MetaKind::kDate || meta.kind == MetaKind::kStamp ||
             meta.role() == Role::kPublished || meta.role() == Role::kUpdated ||
             meta.kind == MetaKind::kParts || LooksLikeJob(TextOf(j), cues_) ||
             cues_.IsAgency(TextOf(j));
    };
    return beside(i + 1) || (i > 0 && beside(i - 1));
  }

  void TakeFront(std::size_t i, const Meta& meta, Place place) {
    std::string_view line = TextOf(i);
    while (line.starts_with('^')) line = Trim(line.substr(1));
    while (line.ends_with('<') || line.ends_with('=')) line = Trim(line.substr(0, line.size() - 1));
    record_.Apply(line, line.size() == TextOf(i).size() ? meta : Classify(line, place, cues_),
                  place);
  }

  // ---------------------------------------------------------------- body

  /// An interview without marks: questions stand alone, answers follow.
  [[nodiscard]] bool IsInterview(std::size_t begin) const {
    std::size_t questions = 0;
    std::size_t plain = 0;
    for (std::size_t i = begin; i < items_.size(); ++i) {
      const std::string_view line = TextOf(i);
      if (IsOrnament(line)) continue;
      ++plain;
      questions += IsQuestionLine(i) ? 1U : 0U;
    }
    if (questions < 2 || questions * 5 < plain) return false;
    const std::string intro = FoldCue(
        record_.article.headline.value_or("") + " " + record_.article.description.value_or("") +
        " " + (begin < items_.size() ? Squeezed(TextOf(begin)) : std::string()));
    return std::ranges::any_of(cues_.interview,
                               [&](const auto& cue) { return intro.contains(cue.first); });
  }

  [[nodiscard]] bool IsQuestionLine(std::size_t i) const {
    const std::string_view line = TextOf(i);
    return line.back() == '?' && line.size() < 300 && line[0] != '"' && !line.starts_with("“") &&
           i + 1 < items_.size() && TextOf(i + 1).back() != '?';
  }

  void ReadBody(std::size_t begin) {
    bool first = true;
    for (std::size_t i = begin; i < items_.size(); ++i) {
      const std::string_view line = TextOf(i);
      if (IsOrnament(line)) {
        if (IsEndMark(line)) ended_ = true;
        continue;
      }
      const std::size_t next = ReadBodyItem(i, first);
      if (body_blocks_ > 0) first = false;
      i = next;
    }
  }

  /// Gives the last item taken.
  std::size_t ReadBodyItem(std::size_t i, bool first) {
    std::string_view line = TextOf(i);
    const bool back = ended_ || body_blocks_ > 0;
    const Meta meta = back ? Back(i) : Classify(line, Place::kBody, cues_);
    if (meta.role() == Role::kBody) return TakeBodyLabel(i, meta, first);
    if (asked_ && TakeAsked(line)) return i;
    if (transcript_ && TakeUtterance(line)) return i;
    if (const std::optional<std::size_t> taken = TakeMeta(i, meta)) return *taken;
    if (ended_) {
      record_.Add(BlockKind::kNote, line);
      return i;
    }
    TakeProse(i, line, first);
    return i;
  }

  std::size_t TakeBodyLabel(std::size_t i, const Meta& meta, bool first) {
    if (meta.hit.value.empty()) {
      record_.Add(BlockKind::kNote, TextOf(i));
    } else {
      const std::string_view line = TextOf(i);
      record_.Add(BlockKind::kNote, line.substr(0, line.size() - meta.hit.value.size()));
      TakeProse(i, meta.hit.value, first);
    }
    return i;
  }

  /// "Image caption: …", or the label alone and the caption on the next line.
  std::size_t TakeCaption(std::size_t i, const Meta& meta) {
    const bool alone = meta.hit.value.empty() && i + 1 < items_.size() &&
                       items_[i + 1].blanks == 0 && TextOf(i + 1).size() < 300;
    if (!alone) {
      record_.AddCaption(TextOf(i), meta.hit.value);
      return i;
    }
    record_.Add(BlockKind::kNote, TextOf(i));
    record_.AddCaption(TextOf(i + 1), TextOf(i + 1));
    return i + 1;
  }

  /// Lines of every place that are no prose; the last item taken, or nothing.
  std::optional<std::size_t> TakeMeta(std::size_t i, const Meta& meta) {
    if (meta.kind == MetaKind::kNone) return std::nullopt;
    switch (meta.role()) {
      case Role::kRelated:
      case Role::kRelatedHead:
        return TakeRelated(i, meta);
      case Role::kCaption:
        return TakeCaption(i, meta);
      case Role::kPhotoCredit:
        record_.AddPhotoCredit(TextOf(i), meta.hit.value);
        return i;
      case Role::kKeywords:
        if (meta.hit.value.empty()) return TakeKeywordList(i);
        break;
      case Role::kEnd:
        ended_ = true;
        record_.Add(BlockKind::kNote, TextOf(i));
        return i;
      case Role::kNotesToEnd:
        ended_ = true;
        break;
      case Role::kQuestion:
      case Role::kAnswer:
      case Role::kHeadline:
      case Role::kDescription:
        if (body_blocks_ > 0 && meta.role() != Role::kHeadline) return std::nullopt;
        break;
      case Role::kDatabase:
        if (!ended_ && !InExport(i)) return std::nullopt;
        break;
      case Role::kContact:
        if (!ended_ && TextOf(i).size() > 160) return std::nullopt;
        return TakeContact(i);
      default:
        break;
    }
    if (IsDayHeading(meta) && body_blocks_ > 0 && !ended_ && i < last_) {
      record_.Add(BlockKind::kSubheading, TextOf(i));
      return i;
    }
    record_.Apply(TextOf(i), meta, Place::kBack);
    return i;
  }

  /// A day alone between paragraphs tells when what follows was.
  static bool IsDayHeading(const Meta& meta) {
    return meta.kind == MetaKind::kDate || (meta.stamp && !meta.stamp->labelled);
  }

  /// "Related topics" alone on a line, the topics on the next ones.
  std::size_t TakeKeywordList(std::size_t i) {
    record_.Add(BlockKind::kNote, TextOf(i));
    while (i + 1 < items_.size() && items_[i + 1].blanks == 0 && TextOf(i + 1).size() < 40 &&
           !EndsSentence(TextOf(i + 1)) && Back(i + 1).kind == MetaKind::kNone) {
      const std::string_view line = TextOf(++i);
      record_.article.keywords.push_back(Squeezed(line.substr(BulletLength(line))));
      record_.Add(BlockKind::kNote, line);
    }
    return i;
  }

  /// A contact line and the lines right under it.
  std::size_t TakeContact(std::size_t i) {
    record_.Add(BlockKind::kNote, TextOf(i));
    while (i + 1 < items_.size() && items_[i + 1].blanks == 0 && TextOf(i + 1).size() < 90 &&
           !IsOrnament(TextOf(i + 1)) && !EndsSentence(TextOf(i + 1)) && !Dateline(i + 1))
      record_.Add(BlockKind::kNote, TextOf(++i));
    return i;
  }

  /// Whether labels of databases stand around: a lone "Location: …" is prose.
  [[nodiscard]] bool InExport(std::size_t i) const {
    std::size_t labels = 0;
    const std::size_t from = i > 4 ? i - 4 : 0;
    for (std::size_t j = from; j < std::min(items_.size(), i + 5); ++j) {
      const CueHit hit = cues_.Find(TextOf(j));
      if (hit.cue != nullptr &&
          (hit.cue->role == Role::kDatabase || hit.cue->role == Role::kCopyright ||
           hit.cue->role == Role::kPublisher || hit.cue->role == Role::kPublished))
        ++labels;
    }
    return labels >= 2 || AllCaps(cues_.Find(TextOf(i)).label);
  }

  std::size_t TakeRelated(std::size_t i, const Meta& meta) {
    const std::string_view line = TextOf(i);
    if (!meta.hit.value.empty()) {
      record_.AddRelated(meta.hit.label, line, meta.hit.value);
      return i;
    }
    std::string_view label = meta.hit.label;
    while (!label.empty() && (label.back() == ':' || label.back() == ' ')) label.remove_suffix(1);
    std::size_t last = i;
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      if (!IsRelatedTitle(i, j)) break;
      const std::size_t bullet = BulletLength(TextOf(j));
      record_.AddRelated(label, TextOf(j).substr(bullet), TextOf(j).substr(bullet));
      last = j;
    }
    record_.Add(last > i ? BlockKind::kRelated : BlockKind::kNote, line);
    return last;
  }

  /// Whether item `j` is one of the titles listed under the label at `i`.
  [[nodiscard]] bool IsRelatedTitle(std::size_t i, std::size_t j) const {
    const std::string_view line = TextOf(j);
    if (IsOrnament(line) || line.size() > 200) return false;
    if (BulletLength(line) > 0) return true;
    const Meta& meta = Back(j);
    if (meta.kind != MetaKind::kNone) return false;
    const bool sentence = EndsSentence(line) && line.back() != '?' && line.back() != '!';
    if (sentence) return false;
    if (BulletLength(TextOf(i + 1)) > 0) return false;
    if (j == i + 1) return true;
    return items_[j].blanks == 0 || !ProseFollows(j);
  }

  [[nodiscard]] bool ProseFollows(std::size_t i) const {
    for (std::size_t j = i; j < items_.size(); ++j) {
      const std::string_view line = TextOf(j);
      if (Back(j).kind != MetaKind::kNone) continue;
      if (line.size() > 120 || (EndsSentence(line) && line.size() > 60)) return true;
    }
    return false;
  }

  bool TakeUtterance(std::string_view line) {
    const auto label = ParseSpeaker(line, cues_);
    if (!label) {
      if (IsStageLine(line)) {
        record_.Add(BlockKind::kNote, line);
        return true;
      }
      if (speaker_.empty()) return false;
      if (Classify(line, Place::kBack, cues_).kind != MetaKind::kNone) return false;
      record_.AddUtterance(line, speaker_);
      ++body_blocks_;
      return true;
    }
    const CueHit hit = cues_.Find(line);
    if (hit.cue != nullptr && hit.cue->match == CueMatch::kLabel && !AllCaps(label->name))
      return false;
    if (hit.cue != nullptr && hit.cue->match == CueMatch::kLabel &&
        (hit.cue->role == Role::kSource || hit.cue->role == Role::kRelated ||
         hit.cue->role == Role::kDatabase || hit.cue->role == Role::kKeywords))
      return false;
    speaker_ = speakers_.FullName(label->name);
    answering_ = false;
    record_.Add(BlockKind::kNote, label->label);
    TakeSpoken(label->words);
    return true;
  }

  /// What is said, without the stage notes at its ends.
  void TakeSpoken(std::string_view words) {
    words = Trim(words);
    while (words.starts_with('(') || words.starts_with('[')) {
      const std::size_t close = words.find(words[0] == '(' ? ')' : ']');
      if (close == std::string_view::npos || !IsStage(words.substr(1, close - 1))) break;
      record_.Add(BlockKind::kNote, words.substr(0, close + 1));
      words = Trim(words.substr(close + 1));
    }
    while (words.ends_with(')') || words.ends_with(']')) {
      const std::size_t open = words.rfind(words.back() == ')' ? '(' : '[');
      if (open == std::string_view::npos ||
          !IsStage(words.substr(open + 1, words.size() - open - 2)))
        break;
      record_.Add(BlockKind::kNote, words.substr(open));
      words = Trim(words.substr(0, open));
    }
    if (words.empty()) return;
    record_.AddUtterance(words, speaker_);
    ++body_blocks_;
  }

  /// "(SOUNDBITE OF PIANO)": brackets around capitals, or around words known from the stage.
  [[nodiscard]] bool IsStageLine(std::string_view line) const {
    const bool round = line.front() == '(' && line.back() == ')';
    const bool square = line.front() == '[' && line.back() == ']';
    if (!round && !square) return false;
    const std::string_view inner = line.substr(1, line.size() - 2);
    return AllCaps(inner) || IsStage(inner);
  }

  [[nodiscard]] bool IsStage(std::string_view inner) const {
    const CueHit hit = cues_.FindWhole(Trim(inner));
    return hit.cue != nullptr && hit.cue->role == Role::kStage;
  }

  bool TakeAsked(std::string_view line) {
    const AskMark mark = ParseAskMark(line, cues_);
    if (mark.length == 0) return false;
    const BlockKind kind = mark.question ? BlockKind::kQuestion : BlockKind::kAnswer;
    record_.Add(kind, line.substr(mark.length));
    ++body_blocks_;
    answering_ = true;
    speaker_.clear();
    return true;
  }

  void AddBody(BlockKind kind, std::string_view view) {
    record_.Add(kind, view);
    ++body_blocks_;
  }

  /// The dateline that the first prose opens with, and what follows it; false when there is none.
  bool TakeDateline(std::size_t i, std::string_view line) {
    const auto dateline =
        line.data() == TextOf(i).data() ? Dateline(i) : ParseDateline(line, cues_);
    if (dateline) {
      record_.SetDateline(dateline->text, dateline->place, dateline->agencies, dateline->date);
      line = Trim(line.substr(std::min(dateline->body, line.size())));
      if (!line.empty()) TakeParagraph(line);
      return true;
    }
    if (!IsPlaceLine(i) || record_.article.dateline) return false;
    record_.SetDateline(line, line, {}, std::nullopt);
    return true;
  }

  void TakeProse(std::size_t i, std::string_view line, bool first) {
    if (first && TakeDateline(i, line)) return;
    if (const std::size_t bullet = BulletLength(line); bullet > 0 && IsListItem(i, line)) {
      if (const auto inside = InsideOrnament(line); inside && line[0] != '*')
        return AddBody(BlockKind::kSubheading, *inside);
      return AddBody(BlockKind::kListItem, WithoutEndMark(line.substr(bullet)));
    }
    if (EndsInPhotoCredit(line, cues_)) return record_.AddCaption(line, line);
    if (interview_ && IsQuestionLine(i)) {
      answering_ = true;
      return AddBody(BlockKind::kQuestion, line);
    }
    if (const auto inside = InsideOrnament(line); inside && inside->size() <= kLongestSubheading)
      return AddBody(BlockKind::kSubheading, *inside);
    if (IsSubheading(i)) return AddBody(BlockKind::kSubheading, line);
    if (IsTail(i)) return record_.Add(BlockKind::kNote, line);
    if (answering_) return AddBody(BlockKind::kAnswer, WithoutEndMark(line));
    TakeParagraph(line);
  }

  /// The text before an end mark; the mark is kept as a note where it is a word.
  std::string_view WithoutEndMark(std::string_view line) {
    const std::string_view text = DropEndMark(line);
    if (std::ranges::any_of(line.substr(text.size()), IsWordByte))
      record_.Add(BlockKind::kNote, line.substr(text.size()));
    return text;
  }

  void TakeParagraph(std::string_view line) {
    const std::string_view marked = WithoutEndMark(line);
    const std::string_view prose = DropWireCredit(marked, cues_);
    if (prose.size() < marked.size()) record_.Add(BlockKind::kCredit, marked.substr(prose.size()));
    AddBody(answering_ ? BlockKind::kAnswer : BlockKind::kParagraph, prose);
    if (marked.size() < line.size()) ended_ = ended_ || !line.ends_with("//");
  }

  /// Numbers are list marks only in a sequence.
  [[nodiscard]] bool IsListItem(std::size_t i, std::string_view line) const {
    const unsigned number = BulletNumber(line);
    if (number == 0) return true;
    const auto near = [&](std::size_t j, unsigned wanted) {
      return j < items_.size() && BulletNumber(TextOf(j)) == wanted;
    };
    for (std::size_t j = i + 1; j < std::min(items_.size(), i + 6); ++j) {
      if (near(j, number + 1)) return true;
    }
    for (std::size_t k = 1; k <= 5 && k <= i; ++k) {
      if (near(i - k, number - 1) && number > 1) return true;
    }
    return false;
  }

  [[nodiscard]] bool IsSubheading(std::size_t i) const {
    const std::string_view line = TextOf(i);
    if (line.size() > kLongestSubheading || i + 1 >= items_.size()) return false;
    if (body_blocks_ == 0 && !record_.article.headline) return false;
    if (line.ends_with(':') && BulletLength(TextOf(i + 1)) > 0 &&
        cues_.list_heads.contains(FoldCue(line.substr(0, line.size() - 1)))) {
      return true;
    }
    if (WordsOf(line).size() > 12 || IsLowerAscii(line[0])) return false;
    const char c = line.back();
    if (c == '.' || c == ',' || c == ';' || c == ':' || line.ends_with("…")) return false;
    if (EndsSentence(line) && c != '?' && c != '!') return false;
    if ((line[0] == '"' || line.starts_with("“")) && !line.ends_with('"') && !line.ends_with("”"))
      return false;
    return ProseIsNext(i);
  }

  [[nodiscard]] bool ProseIsNext(std::size_t i) const {
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      const std::string_view line = TextOf(j);
      if (IsOrnament(line)) continue;
      if (BulletLength(line) > 0) return true;
      const Meta& meta = Back(j);
      if (meta.kind != MetaKind::kNone) {
        if (meta.role() == Role::kEnd || meta.role() == Role::kNotesToEnd) return false;
        continue;
      }
      return line.size() > 40 || EndsSentence(line) || IsSubheading(j);
    }
    return false;
  }

  /// The last line, short and no sentence: a name, a sign-off.
  [[nodiscard]] bool IsTail(std::size_t i) const {
    const std::string_view line = TextOf(i);
    if (body_blocks_ == 0 || line.size() > 40 || EndsSentence(line)) return false;
    const auto words = WordsOf(line);
    if (i == last_) return words.size() <= 3;
    return words.size() <= 4 && AllCaps(line) && line.size() < 20 && !ProseFollows(i + 1);
  }

  Reading Close() {
    Reading reading;
    reading.article = std::move(record_.article);
    reading.blocks = std::move(record_.blocks);
    if (!items_.empty()) {
      const Span first = record_.SpanOf(items_.front().text);
      const Span last = record_.SpanOf(items_.back().text);
      reading.extent = {first.begin, last.end};
    }
    return reading;
  }

  const std::vector<Item>& items_;
  Known known_;
  const LayoutCues& cues_;
  Record record_;
  Speakers speakers_;
  std::size_t last_ = 0;  ///< the last item that is no ornament
  std::size_t body_blocks_ = 0;
  bool transcript_ = false;
  bool asked_ = false;      ///< "Q:" and "A:"
  bool interview_ = false;  ///< questions without marks
  bool answering_ = false;
  bool exported_ = false;  ///< "412 words": short lines of the front are the database's
  bool ended_ = false;     ///< behind the end mark
  std::string speaker_;
  struct Asked {
    bool asked = false;
    std::optional<WireDateline> dateline;
  };
  mutable std::vector<Asked> datelines_;
  mutable std::vector<std::optional<Meta>> front_;
  mutable std::vector<std::optional<Meta>> back_;
};

}  // namespace

Reading ReadStory(std::string_view text, const std::vector<Item>& items, const Known& known,
                  const LayoutCues& cues) {
  return StoryReader(text, items, known, cues).Read();
}

}  // namespace dateline::article
