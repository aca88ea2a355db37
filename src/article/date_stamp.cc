// A stamp is read piece by piece from the left. Each piece is a date, a clock, or something that
// may stand beside them; a label ("posted", "last updated") says what the dates behind it tell.
// Words that sentences have as well ("this", "was", "story") are believed only beside a label. A
// clock completes the date of its label, before or behind it: "5:12 p.m. EST (2212 GMT), March 3,
// 2008", "March 3, 2008 -- Updated 0135 GMT".
#include "article/date_stamp.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "article/chars.h"
#include "article/people.h"

namespace dateline::article {
namespace {

constexpr std::size_t kLongestStamp = 170;

class StampReader {
 public:
  StampReader(std::string_view line, const LayoutCues& cues, const StampOptions& options)
      : line_(line), cues_(cues), options_(options) {}

  std::optional<DateStamp> Read() {
    for (SkipMarks(); at_ < line_.size(); SkipMarks()) {
      if (!Piece()) return std::nullopt;
    }
    Settle();
    if (weak_ && !out_.labelled && !firm_) return std::nullopt;
    if (out_.published || out_.updated) return std::move(out_);
    const bool clock = options_.front && out_.clock && !weak_;
    const bool age = out_.aged && (options_.front || out_.labelled);
    if (clock || age) return std::move(out_);
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::string_view Rest() const { return line_.substr(at_); }

  void SkipMarks() {
    while (at_ < line_.size()) {
      const std::string_view rest = Rest();
      std::size_t length = std::string_view(" \n,;:|/-()[].*&").contains(rest[0]) ? 1 : 0;
      for (const std::string_view mark : {"–", "—", "•", "·", "●"}) {
        if (rest.starts_with(mark)) length = mark.size();
      }
      if (length == 0) return;
      at_ += length;
    }
  }

  bool Piece() {
    return Age() || TakeDate() || TakeClock() || Page() || OtherCalendar() || Beside() ||
           Source() || Author() || Word() || Place();
  }

  [[nodiscard]] std::string_view WordAt(std::size_t from) const {
    std::size_t end = from;
    while (end < line_.size() && IsWordByte(line_[end]) && !IsDigit(line_[end])) ++end;
    return line_.substr(from, end - from);
  }
  [[nodiscard]] std::string_view DigitsAt(std::size_t from) const {
    std::size_t end = from;
    while (end < line_.size() && IsDigit(line_[end])) ++end;
    return line_.substr(from, end - from);
  }
  [[nodiscard]] std::size_t BehindSpaces(std::size_t from) const {
    while (from < line_.size() && IsSpace(line_[from])) ++from;
    return from;
  }

  /// "3 YEARS AGO", "an hour ago", "2 Min Read".
  bool Age() {
    std::size_t at = at_;
    const std::string_view digits = DigitsAt(at);
    const std::string_view count = digits.empty() ? WordAt(at) : digits;
    const std::string folded = FoldCue(count);
    if (count.size() > 3 || (digits.empty() && folded != "a" && folded != "an")) return false;
    at = BehindSpaces(at + count.size());
    const std::string_view unit = WordAt(at);
    if (!cues_.stamp_units.contains(FoldCue(unit))) return false;
    at = BehindSpaces(at + unit.size());
    const std::string_view last = WordAt(at);
    const std::string close = FoldCue(last);
    if (close != "ago" && close != "read") return false;
    out_.aged = out_.aged || close == "ago";
    at_ = at + last.size();
    return true;
  }

  bool TakeDate() {
    auto date = DateAtStart(Rest(), cues_);
    if (!date) return false;
    at_ += static_cast<std::size_t>(date->text.data() - Rest().data()) + date->text.size();
    std::optional<PrintedDate>& slot = Slot();
    if (slot) return true;
    if (!date->seconds && out_.clock) Complete(*date, *std::exchange(out_.clock, std::nullopt));
    slot = *std::move(date);
    return true;
  }

  bool TakeClock() {
    const auto clock = ClockAtStart(Rest(), cues_);
    if (!clock) return false;
    at_ += static_cast<std::size_t>(clock->text.data() - Rest().data()) + clock->text.size();
    std::optional<PrintedDate>& slot = Slot();
    if (slot && !slot->seconds) {
      Complete(*slot, *clock);
    } else if (!slot && !out_.clock) {
      out_.clock = clock;
    }
    return true;
  }

  static void Complete(PrintedDate& date, const PrintedDate& clock) {
    date.seconds = clock.seconds;
    date.has_seconds = clock.has_seconds;
    date.zone = clock.zone;
    date.american = date.american || clock.american;
  }

  [[nodiscard]] std::optional<PrintedDate>& Slot() {
    return updating_ ? out_.updated : out_.published;
  }

  /// A clock behind "updated" is one of the day of publication.
  void Settle() {
    if (!out_.clock || !updating_ || out_.updated || !out_.published) return;
    out_.updated = out_.published;
    Complete(*out_.updated, *std::exchange(out_.clock, std::nullopt));
  }

  /// "A01", "Page A1", "p. 12", "Section A".
  bool Page() {
    const std::string_view word = WordAt(at_);
    const std::string folded = FoldCue(word);
    if (folded == "page" || folded == "pg" || folded == "p" || folded == "pp" ||
        folded == "section") {
      std::size_t at = at_ + word.size();
      while (at < line_.size() && (IsSpace(line_[at]) || line_[at] == '.')) ++at;
      if (const std::size_t length = PageNumber(at); length > 0) {
        at_ = at + length;
        return true;
      }
      return false;
    }
    const std::size_t length = PageNumber(at_);
    if (length < 2 || !IsUpperAscii(line_[at_]) || !(out_.published || out_.updated)) return false;
    at_ += length;
    return true;
  }

  /// "A", "12", "A01": the length; 0 when it is none.
  [[nodiscard]] std::size_t PageNumber(std::size_t from) const {
    std::size_t end = from;
    if (end < line_.size() && IsUpperAscii(line_[end])) ++end;
    const std::size_t digits = DigitsAt(end).size();
    end += digits;
    if (end == from || digits > 3 || (end < line_.size() && IsWordByte(line_[end]))) return 0;
    return end - from;
  }

  /// "24 Safar 1429", "Safar 24, 1429" beside the date that is meant.
  bool OtherCalendar() {
    const std::string_view first = DigitsAt(at_);
    std::size_t at = first.empty() ? at_ : BehindSpaces(at_ + first.size());
    const std::string_view month = MonthOfOther(at);
    if (month.empty() || first.size() > 2) return false;
    at += month.size();
    for (std::size_t numbers = 0; numbers < 2; ++numbers) {
      std::size_t next = BehindSpaces(at);
      if (next < line_.size() && line_[next] == ',') next = BehindSpaces(next + 1);
      const std::string_view number = DigitsAt(next);
      const bool year = number.size() == 4 && number[0] == '1';
      if (!year && (number.empty() || number.size() > 2 || !first.empty())) break;
      at = next + number.size();
      if (year) break;
    }
    at_ = at;
    return true;
  }

  /// A month of another calendar, with hyphens: "Rabi-ul-Awwal".
  [[nodiscard]] std::string_view MonthOfOther(std::size_t from) const {
    std::size_t end = from;
    while (end < line_.size() && !IsDigit(line_[end]) &&
           (IsWordByte(line_[end]) || line_[end] == '-' || line_[end] == '\''))
      ++end;
    const std::string_view month = line_.substr(from, end - from);
    return cues_.stamp_months.contains(FoldCue(month)) ? month : std::string_view();
  }

  /// "Eastern Standard Time", "edition", and "UK" behind a clock.
  bool Beside() {
    const std::string_view first = WordAt(at_);
    if (!cues_.stamp_beside.contains(FoldCue(first))) return false;
    const std::size_t end = Run(at_, 3, [&](std::string_view words) {
      return std::ranges::all_of(WordsOf(words), [&](std::string_view word) {
        const std::string folded = FoldCue(word);
        return cues_.stamp_beside.contains(folded) || cues_.stamp_words.contains(folded);
      });
    });
    firm_ = firm_ || first.size() > 2;
    at_ = std::max(end, at_ + first.size());
    return true;
  }

  /// The longest run of words from here that `holds`, without numbers and marks; its end.
  template <typename Holds>
  [[nodiscard]] std::size_t Run(std::size_t from, std::size_t most, Holds holds) const {
    std::size_t end = from;
    std::size_t best = 0;
    for (std::size_t words = 0; words < most && end < line_.size(); ++words) {
      const std::size_t begin = BehindSpaces(end);
      end = begin;
      while (end < line_.size() && IsNameByte(end)) ++end;
      if (end == begin) break;
      if (holds(line_.substr(from, end - from))) best = end;
    }
    return best;
  }

  [[nodiscard]] bool IsNameByte(std::size_t at) const {
    const char c = line_[at];
    if (c == '.') return at + 1 < line_.size() && IsWordByte(line_[at + 1]);
    return IsWordByte(c) || c == '-' || c == '\'' || line_.substr(at).starts_with("’");
  }

  bool Source() {
    const std::size_t end = Run(at_, 6, [&](std::string_view name) {
      return cues_.IsAgency(name) || IsSite(name) || LooksLikeMasthead(name, cues_) ||
             (in_ && out_.labelled && BeginsUpper(name) && !BeginsMonth(name));
    });
    in_ = false;
    if (end == 0) return false;
    const std::string_view name = line_.substr(at_, end - at_);
    if (!IsSite(name)) out_.sources.push_back(name);
    at_ = end;
    return true;
  }

  [[nodiscard]] bool BeginsMonth(std::string_view name) const {
    const std::string folded = FoldCue(FirstPart(name));
    return cues_.months.contains(folded) || cues_.weekdays.contains(folded);
  }

  /// "guardian.co.uk", "www.chinaview.cn".
  static bool IsSite(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos || dot < 3 || name.contains(' ')) return false;
    const std::string_view top = name.substr(dot + 1);
    return top.size() >= 2 && top.size() <= 4 && std::ranges::all_of(top, IsAlphaAscii);
  }

  /// "by Ann Lee"; a name that opens the line behind a headline ("Ann Lee, Oslo, 3 March 2008") or
  /// stands behind the clock ("1005 hrs IST, Ann Lee, TNN").
  bool Author() {
    std::size_t from = at_;
    const bool by = FoldCue(WordAt(at_)) == "by";
    if (by) from = BehindSpaces(at_ + 2);
    const bool timed = out_.published && out_.published->seconds;
    if (!by && !timed && (at_ > 0 || !options_.front)) return false;
    const std::size_t end =
        Run(from, 5, [&](std::string_view name) { return LooksLikeName(name, cues_); });
    if (end == 0 || (!by && !MarkAt(end))) return false;
    out_.authors.push_back(line_.substr(from, end - from));
    at_ = end;
    return true;
  }

  [[nodiscard]] bool MarkAt(std::size_t at) const {
    at = BehindSpaces(at);
    return at < line_.size() && (line_[at] == ',' || line_[at] == '|' || line_[at] == '-');
  }

  bool Word() {
    const std::string_view word = WordAt(at_);
    const std::string folded = FoldCue(word);
    if (word.empty()) return false;
    if (cues_.stamp_published.contains(folded) || cues_.stamp_updated.contains(folded)) {
      updating_ = cues_.stamp_updated.contains(folded);
      out_.labelled = true;
    } else if (folded == "was" && !IsOfThis()) {
      return false;
    } else if (cues_.stamp_words.contains(folded)) {
      weak_ = true;
      in_ = folded == "in";
    } else if (!cues_.weekdays.contains(folded)) {
      return GluedZone(word);
    }
    at_ += word.size();
    return true;
  }

  /// "This story was …" tells of itself, "the report was released in March 2008" does not.
  [[nodiscard]] bool IsOfThis() const {
    const std::string first = FoldCue(WordAt(0));
    return first == "this" || first == "story" || first == "article" || first == "page";
  }

  /// "GMTLast modified", as pages are copied: the zone alone.
  bool GluedZone(std::string_view word) {
    std::size_t capitals = 0;
    while (capitals < word.size() && IsUpperAscii(word[capitals])) ++capitals;
    if (capitals < 3 || capitals == word.size()) return false;
    const auto zone = cues_.zones.find(word.substr(0, capitals - 1));
    if (zone == cues_.zones.end()) return false;
    if (std::optional<PrintedDate>& slot = Slot(); slot && slot->seconds && !slot->zone)
      slot->zone = zone->second;
    at_ += capitals - 1;
    return true;
  }

  /// "OSLO/KELL, March 3, 2008": known, or in capitals behind a headline.
  bool Place() {
    if (out_.published || out_.updated || out_.labelled || !out_.sources.empty())
      return PlaceBehind();
    const std::size_t end = Run(at_, 4, [&](std::string_view name) { return IsPlace(name); });
    if (end == 0) return false;
    const std::size_t begin =
        out_.place.empty() ? at_ : static_cast<std::size_t>(out_.place.data() - line_.data());
    out_.place = line_.substr(begin, end - begin);
    at_ = end;
    return true;
  }

  /// A known place behind the date: "(London)".
  bool PlaceBehind() {
    const std::size_t end =
        Run(at_, 4, [&](std::string_view name) { return cues_.places.contains(FoldCue(name)); });
    if (end > 0) at_ = end;
    return end > 0;
  }

  [[nodiscard]] bool IsPlace(std::string_view name) const {
    if (cues_.places.contains(FoldCue(name))) return true;
    return options_.front && name.size() >= 3 && AllCaps(name) && (at_ == 0 || !out_.place.empty());
  }

  std::string_view line_;
  const LayoutCues& cues_;
  StampOptions options_;
  std::size_t at_ = 0;
  bool updating_ = false;  ///< behind "updated": dates tell of that
  bool weak_ = false;      ///< has words that only a label or a firm word makes a stamp's
  bool firm_ = false;      ///< "edition", "Mecca time"
  bool in_ = false;        ///< behind "published in": a paper, whatever its name
  DateStamp out_;
};

/// Whether a year, a date in numbers, a clock or an age may stand in the line; most prose has none.
bool MayHoldStamp(std::string_view line) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    digits = IsDigit(c) ? digits + 1 : 0;
    if (digits == 4) return true;
    if (digits == 0 && i > 0 && IsDigit(line[i - 1]) && i + 1 < line.size() &&
        IsDigit(line[i + 1]) && std::string_view(":./-").contains(c))
      return true;
  }
  return line.ends_with(" ago") || line.ends_with(" AGO");
}

}  // namespace

std::optional<DateStamp> ReadDateStamp(std::string_view line, const LayoutCues& cues,
                                       const StampOptions& options) {
  if (line.size() > kLongestStamp || line.size() < 5 || !MayHoldStamp(line)) return std::nullopt;
  return StampReader(line, cues, options).Read();
}

}  // namespace dateline::article
