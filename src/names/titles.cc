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
  return title;
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
