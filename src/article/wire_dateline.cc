// A dateline is a place, perhaps a date, perhaps an agency in brackets or slashes, and a mark (a
// dash, a colon, TASS's full stop) before the story begins. The scanner takes these parts in any
// order they come and then asks whether there is evidence enough: an agency proves it; a date needs
// a mark; a bare place needs a mark and either capitals throughout or a name known from datelines.
#include "article/wire_dateline.h"

#include <algorithm>
#include <array>

#include "article/chars.h"
#include "article/people.h"

namespace dateline::article {
namespace {

constexpr std::size_t kLongest = 140;

constexpr std::array kNations = {"UK", "US", "USA", "UAE", "DRC", "EU", "U.S.", "U.K.", "NY", "DC"};

/// The length of a dash at `at`: em, en, figure dash, "--", "-", "_"; 0 when there is none.
std::size_t DashAt(std::string_view s, std::size_t at) {
  const std::string_view rest = s.substr(std::min(at, s.size()));
  if (rest.empty() || (rest[0] != '-' && rest[0] != '_' && rest[0] != '\xE2')) return 0;
  for (const std::string_view dash : {"—", "–", "―", "---", "--", "-", "_", "−"}) {
    if (rest.starts_with(dash)) return dash.size();
  }
  return 0;
}

bool HasLongDash(std::string_view s) {
  return s.contains('\xE2') && (s.contains("–") || s.contains("—"));
}

class DatelineScanner {
 public:
  DatelineScanner(std::string_view paragraph, const LayoutCues& cues, bool label)
      : all_(paragraph), s_(paragraph.substr(0, kLongest)), cues_(cues), label_(label) {}

  std::optional<WireDateline> Scan() {
    while (at_ < s_.size() && Part()) {
    }
    if (failed_ || !Close() || !Evidence()) return std::nullopt;
    out_.place = s_.substr(place_begin_, place_end_ - place_begin_);
    return out_;
  }

 private:
  /// One part; false at the end of the dateline.
  bool Part() {
    while (at_ < s_.size() && IsSpace(s_[at_])) ++at_;
    if (at_ >= s_.size()) return false;
    if (AtMark()) return BehindMark();
    const char c = s_[at_];
    if (c == '(' || c == '[') return Bracket(c == '(' ? ')' : ']');
    if (c == '/') return Slashes();
    if (c == ',' || c == '.') return Separator();
    if (Date() || Weekday()) return true;
    if (!out_.date && !weekday_ && Word()) return true;
    if (out_.date && BareAgency()) return true;
    return Stop();
  }

  /// More of the dateline behind a dash: "NEW YORK--(BUSINESS WIRE)--June 3, 2005--", "MOSCOW, 16
  /// April - RIA Novosti."
  bool BehindMark() {
    const std::size_t mark = at_;
    std::size_t next = at_ + DashAt(s_, at_);
    if (next == at_ || place_end_ == 0) return false;
    while (next < s_.size() && IsSpace(s_[next])) ++next;
    if (next >= s_.size()) return false;
    at_ = next;
    if (out_.agencies.empty() ? AgencyBehindMark() : DateBehindMark()) return true;
    at_ = mark;
    end_ = std::min(end_, mark);
    return false;
  }

  bool AgencyBehindMark() {
    if (s_[at_] == '(') {
      const std::size_t close = s_.find(')', at_);
      return close != s_.npos && cues_.IsAgency(s_.substr(at_ + 1, close - at_ - 1)) &&
             Bracket(')');
    }
    if (!out_.date || !BareAgency()) return false;
    if (at_ < s_.size() && s_[at_] == '.') return true;
    out_.agencies.clear();
    return false;
  }

  bool DateBehindMark() {
    if (out_.date || !Date()) return false;
    std::size_t after = at_;
    while (after < s_.size() && IsSpace(s_[after])) ++after;
    if (DashAt(s_, after) > 0) return true;
    out_.date.reset();
    return false;
  }

  bool Stop() {
    if (out_.agencies.empty() && !out_.date) failed_ = true;
    return false;
  }

  [[nodiscard]] bool AtMark() const {
    if (s_[at_] == ':') return true;
    const std::size_t dash = DashAt(s_, at_);
    if (dash == 0) return false;
    // "Fort-de-France": a hyphen between letters is none
    const bool tight = !(end_ == at_ && !out_.agencies.empty()) && at_ > 0 &&
                       IsWordByte(s_[at_ - 1]) && at_ + dash < s_.size() &&
                       IsWordByte(s_[at_ + dash]);
    return dash > 1 || !tight;
  }

  bool Bracket(char closer) {
    const std::size_t close = s_.find(closer, at_);
    if (close == std::string_view::npos) return Fail();
    const std::string_view inner = Trim(s_.substr(at_ + 1, close - at_ - 1));
    if (inner.empty() || inner.size() > 60) return Fail();
    if (IsAgencyText(inner)) {
      AddAgencies(inner);
    } else if (const auto date = WholeDate(inner, cues_)) {
      out_.date = date;
    } else if (place_end_ > 0 && !out_.date && Capitalised(inner) && inner.size() <= 32) {
      place_end_ = close + 1;
    } else {
      return Fail();
    }
    at_ = close + 1;
    end_ = at_;
    return true;
  }

  bool Fail() {
    failed_ = true;
    return false;
  }

  /// "/TASS/", "/PRNewswire/", also "GENEVA/MILAN".
  bool Slashes() {
    const std::size_t close = s_.find('/', at_ + 1);
    if (close != std::string_view::npos) {
      const std::string_view inner = Trim(s_.substr(at_ + 1, close - at_ - 1));
      if (IsAgencyText(inner) && inner.size() < 30) {
        AddAgencies(inner);
        at_ = close + 1;
        end_ = at_;
        return true;
      }
    }
    if (place_end_ == 0 || out_.date || !BeginsUpper(Trim(s_.substr(at_ + 1)))) return Fail();
    ++at_;
    return true;
  }

  [[nodiscard]] bool IsAgencyText(std::string_view inner) const {
    if (cues_.IsAgency(inner)) return true;
    if (std::ranges::find(kNations, inner) != kNations.end()) return false;
    for (const std::string_view mark : {"/", ", ", " and ", " - ", " "}) {
      const std::size_t cut = inner.find(mark);
      if (cut != std::string_view::npos && cues_.IsAgency(Trim(inner.substr(0, cut)))) return true;
    }
    if (LooksLikeMasthead(inner, cues_)) return true;
    if (out_.date && inner.size() < 40 && Capitalised(inner)) return true;
    return inner.size() >= 2 && inner.size() <= 8 && AllCaps(inner) && !inner.contains(' ') &&
           !inner.contains('.') && place_end_ > 0;
  }

  /// "(AFP/AP)" is one printed credit of two agencies.
  void AddAgencies(std::string_view inner) {
    for (const std::string_view mark : {"/", ", "}) {
      const std::size_t cut = inner.find(mark);
      if (cut == std::string_view::npos || cues_.IsAgency(inner)) continue;
      const std::string_view first = Trim(inner.substr(0, cut));
      const std::string_view second = Trim(inner.substr(cut + mark.size()));
      if (cues_.IsAgency(first) && cues_.IsAgency(second)) {
        out_.agencies.push_back(first);
        out_.agencies.push_back(second);
        return;
      }
    }
    out_.agencies.push_back(inner);
  }

  bool Separator() {
    const char c = s_[at_];
    const std::size_t next = at_ + 1;
    if (c == '.' && !out_.agencies.empty()) {  // "/TASS/." "(EFE).-"
      end_ = next;
      at_ = next;
      closed_ = true;
      return false;
    }
    std::size_t rest = next;
    while (rest < s_.size() && IsSpace(s_[rest])) ++rest;
    if (rest >= s_.size()) {
      end_ = c == '.' ? next : end_;
      at_ = next;
      return false;
    }
    comma_ = comma_ || place_end_ > 0;
    at_ = rest;
    if (c == '.') return AfterStop(next);
    if (!BareAgency() && !Date()) Weekday();
    return true;
  }

  /// Behind a full stop: of an abbreviation in the place ("Fla."), or before a date or agency.
  bool AfterStop(std::size_t next) {
    if (out_.date) {
      if (s_[at_] == '/' || s_[at_] == '(' || DashAt(s_, at_) > 0) {
        end_ = std::max(end_, next);
        return true;
      }
      return Fail();
    }
    if (Date() || s_[at_] == '/' || s_[at_] == '(' || s_[at_] == ',' || DashAt(s_, at_) > 0) {
      if (place_end_ + 1 == next && word_length_ <= 4) place_end_ = next;
      end_ = std::max(end_, place_end_);
      return true;
    }
    if (word_length_ > 4) return Fail();
    place_end_ = next;
    end_ = next;
    return true;
  }

  bool Date() {
    if (out_.date) return false;
    auto date = DateAtStart(s_.substr(at_), cues_);
    if (!date) return false;
    at_ = static_cast<std::size_t>(date->text.data() - s_.data()) + date->text.size();
    end_ = at_;
    out_.date = date;
    return true;
  }

  /// "KELL, Wednesday." names a day and no date.
  bool Weekday() {
    if (weekday_ || place_end_ == 0 || !comma_) return false;
    std::size_t end = at_;
    while (end < s_.size() && IsWordByte(s_[end])) ++end;
    if (!cues_.weekdays.contains(FoldCue(s_.substr(at_, end - at_)))) return false;
    weekday_ = true;
    at_ = end;
    if (at_ < s_.size() && s_[at_] == '.') ++at_;
    end_ = at_;
    return true;
  }

  /// An agency without brackets: "TOKYO, June 3, Kyodo -", "Damascus, SANA-".
  bool BareAgency() {
    const std::size_t space = std::min(s_.find(' ', at_), s_.size());
    const std::string_view site = s_.substr(at_, space - at_);
    if (space + 1 < s_.size() && DashAt(s_, space + 1) > 0 &&
        (site.ends_with(".com") || site.ends_with(".org") || site.ends_with(".net") ||
         site.ends_with(".id") || site.ends_with(".news"))) {
      out_.agencies.push_back(site);
      at_ = space;
      end_ = at_;
      return true;
    }
    if (!cues_.BeginsAgency(FirstPart(s_.substr(at_))) && !HasLongDash(s_.substr(at_, 24)))
      return false;
    for (const char* stop : {" ", "-", "–", "—", ",", ".", ":"}) {
      const std::size_t cut = s_.find(stop, at_ + 1);
      const std::string_view name = s_.substr(at_, cut == std::string_view::npos ? cut : cut - at_);
      if (!cues_.IsAgency(name)) continue;
      std::size_t after = at_ + name.size();
      while (after < s_.size() && IsSpace(s_[after])) ++after;
      if (DashAt(s_, after) == 0 && after < s_.size() && s_[after] != ':' && s_[after] != '.')
        continue;
      out_.agencies.push_back(name);
      at_ += name.size();
      end_ = at_;
      return true;
    }
    return false;
  }

  bool Word() {
    std::size_t end = at_;
    while (end < s_.size() &&
           (IsWordByte(s_[end]) || s_[end] == '\'' || s_[end] == '`' ||
            s_.substr(end).starts_with("’") ||
            (s_[end] == '-' && end > at_ && end + 1 < s_.size() && IsWordByte(s_[end + 1]) &&
             DashAt(s_, end) == 1) ||
            (static_cast<unsigned char>(s_[end]) >= 0x80 && DashAt(s_, end) == 0)))
      ++end;
    const std::string_view word = s_.substr(at_, end - at_);
    if (word.empty() || ++words_ > 8) return Fail();
    if (place_end_ > 0 && BareAgency()) return true;
    const bool particle = place_end_ > 0 && cues_.particles.contains(FoldCue(word));
    if (!BeginsUpper(word) && !particle && word != "es" && word != "upon" && word != "sur")
      return Fail();
    if (!out_.agencies.empty() && place_end_ > 0) return Stop();
    if (!out_.agencies.empty() && !leading_agency_) return Stop();
    if (place_end_ == 0) place_begin_ = at_;
    all_caps_ = all_caps_ && (AllCaps(word) || particle || comma_);
    word_length_ = word.size();
    at_ = end;
    place_end_ = end;
    end_ = end;
    return true;
  }

  [[nodiscard]] bool Capitalised(std::string_view inner) const {
    return std::ranges::all_of(WordsOf(inner), [&](std::string_view w) {
      return BeginsUpper(w) || cues_.particles.contains(FoldCue(w));
    });
  }

  /// The mark behind the parts; finds where the story goes on.
  bool Close() {
    out_.text = TrimRight(s_.substr(0, end_));
    if (out_.text.empty()) return false;
    while (at_ < s_.size() && IsSpace(s_[at_])) ++at_;
    if (at_ >= all_.size()) {
      out_.body = all_.size();
      return label_ || !out_.agencies.empty() || marked_;
    }
    if (at_ < s_.size() && s_[at_] == '.' && !out_.agencies.empty()) {
      out_.text = s_.substr(0, ++at_);
      closed_ = true;
      while (at_ < s_.size() && IsSpace(s_[at_])) ++at_;
    }
    const std::size_t dash = DashAt(s_, at_);
    colon_ = at_ < s_.size() && s_[at_] == ':';
    marked_ = dash > 0 || colon_;
    dashed_ = dash > 0;
    std::size_t body = at_ + (colon_ ? 1 : dash);
    if (dashed_) body += DashAt(s_, body);  // "(AFP) – -"
    while (body < all_.size() && IsSpace(all_[body])) ++body;
    // An agency before the place: "(ANSA) - ROME, JUN 3 - Text"
    out_.body = body;
    return true;
  }

  [[nodiscard]] bool Evidence() const {
    if (label_) return !out_.text.empty();
    const std::string_view place = s_.substr(place_begin_, place_end_ - place_begin_);
    if (!out_.agencies.empty()) return marked_ || closed_ || place_end_ > 0;
    if (place_end_ == 0 || !marked_ || cues_.IsAgency(place)) return false;
    const std::string_view city = place.substr(0, std::min(place.find(','), place.find('/')));
    const bool known = cues_.places.contains(FoldCue(city));
    const bool prose = all_.size() - std::min(out_.body, all_.size()) >= 10;
    const bool own_line = out_.body >= all_.size();
    if (out_.date || weekday_) return (comma_ || all_caps_ || known) && (prose || own_line);
    if (!prose && !own_line) return false;
    const bool short_capitals = all_caps_ && WordsOf(place).size() <= 3;
    if (colon_) {
      const bool follows = !own_line && all_.size() - out_.body >= 25;
      return follows && (known || short_capitals);
    }
    return known || short_capitals || (all_caps_ && !AllCaps(all_.substr(0, 200))) ||
           (comma_ && WideDash());
  }

  /// "Lakeside, Norway — The": an em dash with spaces, or a double hyphen.
  [[nodiscard]] bool WideDash() const {
    const std::string_view rest = s_.substr(std::min(at_, s_.size()));
    return rest.starts_with("—") || rest.starts_with("--");
  }

  std::string_view all_;
  std::string_view s_;
  const LayoutCues& cues_;
  bool label_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::size_t place_begin_ = 0;
  std::size_t place_end_ = 0;
  std::size_t words_ = 0;
  std::size_t word_length_ = 0;
  bool failed_ = false;
  bool comma_ = false;
  bool all_caps_ = true;
  bool closed_ = false;
  bool marked_ = false;
  bool dashed_ = false;
  bool colon_ = false;
  bool weekday_ = false;
  bool leading_agency_ = false;
  WireDateline out_;
};

/// "(ANSA) - ROME, JUN 3 - Text": the place follows the agency.
std::optional<WireDateline> AgencyFirst(std::string_view paragraph, const WireDateline& first,
                                        const LayoutCues& cues) {
  if (first.agencies.empty() || !first.place.empty() || first.date) return std::nullopt;
  const std::string_view rest = paragraph.substr(std::min(first.body, paragraph.size()));
  auto second = DatelineScanner(rest, cues, false).Scan();
  if (!second || second->place.empty() || !second->agencies.empty()) return std::nullopt;
  second->agencies = first.agencies;
  const auto end =
      static_cast<std::size_t>(second->text.data() - paragraph.data()) + second->text.size();
  second->text = paragraph.substr(0, end);
  second->body += first.body;
  return second;
}

}  // namespace

std::optional<WireDateline> ParseDateline(std::string_view paragraph, const LayoutCues& cues,
                                          const DatelineOptions& options) {
  if (paragraph.empty() || IsLowerAscii(paragraph[0]) || paragraph[0] == '"') return std::nullopt;
  auto first = DatelineScanner(paragraph, cues, options.label).Scan();
  if (!first) return std::nullopt;
  if (auto second = AgencyFirst(paragraph, *first, cues)) return second;
  return first;
}

}  // namespace dateline::article
