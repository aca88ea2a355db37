#include "names/titles.h"

#include <algorithm>
#include <array>

namespace dateline::names {
namespace {

/// Words that tell whether the office is still held; no part of its name.
bool TellsTime(std::string_view folded) {
  constexpr std::array<std::string_view, 13> kWords{
      "former", "ex",      "acting", "interim", "outgoing",  "incoming", "late",
      "then",   "retired", "newly",  "-",       "caretaker", "longtime"};
  return std::ranges::find(kWords, folded) != kWords.end();
}

}  // namespace

struct TitleFinder::Impl {
  const tables::Table* roles = nullptr;
  const tables::Table* aliases = nullptr;
  const tables::Table* portfolios = nullptr;
  tables::Column role{};
  tables::Column kind{};
  tables::Column actor{};
  tables::Tables tables;  ///< keeps the table alive

  [[nodiscard]] std::optional<Title> At(const Reading& reading, std::uint32_t at,
                                        std::uint32_t end) const;
  [[nodiscard]] bool OpensAnother(const Reading& reading, const Title& title,
                                  std::uint32_t end) const;
  [[nodiscard]] bool MayExtend(const Reading& reading, const Title& title,
                               std::uint32_t before) const;
  void TakeHyphened(const Reading& reading, Title& title, std::uint32_t free) const;
  void TakePortfolio(const Reading& reading, Title& title, std::uint32_t end) const;
  [[nodiscard]] std::uint32_t BehindPortfolio(const Reading& reading, std::uint32_t at,
                                              std::uint32_t end) const;
};

/// The title whose table phrase or head word begins at `at`.
std::optional<Title> TitleFinder::Impl::At(const Reading& reading, std::uint32_t at,
                                           std::uint32_t end) const {
  Title title;
  auto match = roles->MatchPhrase(reading.folded(), at, end);
  const std::string_view word = reading.Folded(at);
  if (!match && word.starts_with("ex-")) {  // "ex-minister"
    const std::array rest{word.substr(3)};
    match = roles->MatchPhrase(rest);
  }
  if (match) {
    for (const std::uint32_t row : match->rows) {
      if (roles->Cell(row, kind) != "group") title.row = row;  // a user's rows come last and count
    }
    title.range = {at, at + match->length};
  }
  if (!title.row) {
    if (!reading.Is(at, kHead)) return std::nullopt;
    title.range = {at, at + 1};
  }
  const std::uint32_t head = title.range.last - 1;
  const std::string_view last = reading.Folded(head);
  if (title.range.size() == 1 && reading.Is(head, kOrgWord)) return std::nullopt;
  title.plural = title.row && last.ends_with('s') && !roles->Cell(*title.row, role).ends_with('s');
  if (title.row && last.ends_with("men")) title.plural = true;
  title.capital = reading[head].capital;
  title.head = head;
  return title;
}

/// "Vice-President", in three tokens: the office is that of the two words.
void TitleFinder::Impl::TakeHyphened(const Reading& reading, Title& title,
                                     std::uint32_t free) const {
  const std::uint32_t first = title.range.first;
  if (first < free + 2 || reading.Folded(first - 1) != "-" || !reading.Is(first - 2, kModifier))
    return;
  std::vector<std::string_view> words{reading.Folded(first - 2)};
  for (std::uint32_t i = first; i <= title.head; ++i) words.push_back(reading.Folded(i));
  if (const auto match = roles->MatchPhrase(words); match && match->length == words.size())
    title.row = match->rows.back();
  title.range.first = first - 2;
}

/// The token behind what a ministry is for, "the" passed over; `at` where none stands there.
std::uint32_t TitleFinder::Impl::BehindPortfolio(const Reading& reading, std::uint32_t at,
                                                 std::uint32_t end) const {
  const bool article = at < end && reading.Folded(at) == "the";
  const std::uint32_t first = article ? at + 1 : at;
  const auto match = portfolios->MatchPhrase(reading.folded(), first, end);
  return match ? first + match->length : at;
}

/// "Minister of Health", "Secretary for Trade, Industry and Tourism". Its row is that of "health
/// minister" where there is one.
void TitleFinder::Impl::TakePortfolio(const Reading& reading, Title& title,
                                      std::uint32_t end) const {
  const std::string_view head = reading.Folded(title.head);
  const bool office = head.starts_with("minister") || head.starts_with("secretar");
  const std::uint32_t joint = title.range.last;
  if (!office || joint + 1 >= end) return;
  if (reading.Folded(joint) != "of" && reading.Folded(joint) != "for") return;
  std::uint32_t last = BehindPortfolio(reading, joint + 1, end);
  if (last == joint + 1) return;
  std::vector<std::string_view> words;
  for (std::uint32_t i = joint + 1; i < last; ++i) {
    if (reading.Folded(i) != "the") words.push_back(reading.Folded(i));
  }
  words.push_back(head);
  if (const auto match = roles->MatchPhrase(words); match && match->length == words.size())
    title.row = match->rows.back();
  for (std::uint32_t next = last; next + 1 < end;) {
    const std::string_view word = reading.Folded(next);
    if (word != "," && word != "and" && word != "&") break;
    const std::uint32_t begin =
        word == "," && reading.Folded(next + 1) == "and" ? next + 2 : next + 1;
    const std::uint32_t behind = BehindPortfolio(reading, begin, end);
    if (behind == begin) break;
    last = next = behind;
  }
  title.range.last = last;
}

/// Whether "deputy", a title of its own, only opens a longer one: "Deputy Transport Minister".
bool TitleFinder::Impl::OpensAnother(const Reading& reading, const Title& title,
                                     std::uint32_t end) const {
  if (title.range.size() > 1 || !reading.Is(title.range.first, kModifier)) return false;
  constexpr std::uint32_t kReach = 3;
  for (std::uint32_t at = title.range.last; at < end && at <= title.range.last + kReach; ++at) {
    if (At(reading, at, end)) return true;
    if (!reading[at].capital && reading[at].form != "-") return false;
  }
  return false;
}

/// Whether the word before belongs to the title: "deputy", or in capitals "Foreign Trade", but no
/// country or person.
bool TitleFinder::Impl::MayExtend(const Reading& reading, const Title& title,
                                  std::uint32_t before) const {
  const Word& word = reading[before];
  if (reading.Is(before, kModifier)) return true;
  const Token& token = reading.story().tokens[before];
  const std::string_view head = reading.Folded(title.range.last - 1);
  if (!word.capital && token.deprel == "compound" && token.upos == "NOUN" &&
      (head == "minister" || head == "secretary"))
    return true;  // "farm minister"
  if (!word.capital || word.upper || !title.capital || title.plural) return false;
  if (reading.Is(before, kGiven | kCommon | kHonorific | kOrgWord)) return false;
  return !aliases->MatchPhrase(reading.folded(), before, before + 1);
}

Result<TitleFinder> TitleFinder::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  impl->tables = tables;
  DATELINE_TRY(impl->roles, tables.Get("actors/roles"));
  DATELINE_TRY(impl->aliases, tables.Get("actors/country_aliases"));
  DATELINE_TRY(impl->portfolios, tables.Get("actors/portfolios"));
  DATELINE_TRY(impl->role, impl->roles->GetColumn("role"));
  DATELINE_TRY(impl->kind, impl->roles->GetColumn("kind"));
  DATELINE_TRY(impl->actor, impl->roles->GetColumn("actor"));
  TitleFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::vector<Title> TitleFinder::Find(const Reading& reading) const {
  std::vector<Title> titles;
  for (const TokenRange sentence : reading.sentences()) {
    std::uint32_t free = sentence.first;
    for (std::uint32_t at = sentence.first; at < sentence.last; ++at) {
      auto title = impl_->At(reading, at, sentence.last);
      if (!title || impl_->OpensAnother(reading, *title, sentence.last)) continue;
      while (title->range.first > free &&
             impl_->MayExtend(reading, *title, title->range.first - 1)) {
        --title->range.first;
      }
      impl_->TakeHyphened(reading, *title, free);
      impl_->TakePortfolio(reading, *title, sentence.last);
      title->core = title->range;
      while (title->core.size() > 1 && TellsTime(reading.Folded(title->core.first)))
        ++title->core.first;
      titles.push_back(*title);
      at = title->range.last - 1;
      free = title->range.last;
    }
  }
  return titles;
}

std::string_view TitleFinder::ActorOf(const Title& title) const {
  if (!title.row) return {};
  const std::string_view cell = impl_->roles->Cell(*title.row, impl_->actor);
  return cell.substr(0, cell.find('|'));
}

}  // namespace dateline::names
