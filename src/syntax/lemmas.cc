// A form is looked up first; then endings are undone one by one, and a known verb wins over what
// spelling alone suggests: "hoped" is hope (known), "stopped" is stop (the doubled letter goes),
// "visited" is visit.
#include "syntax/lemmas.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text_map.h"
#include "text/unicode.h"

namespace dateline::syntax {
namespace {

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool HasVowel(std::string_view stem) {
  return std::ranges::any_of(stem, [](char c) { return IsVowel(c) || c == 'y'; });
}

bool EndsDoubled(std::string_view stem) {
  const std::size_t n = stem.size();
  return n > 2 && stem[n - 1] == stem[n - 2] && !IsVowel(stem[n - 1]);
}

/// Whether spelling asks for a silent e behind the stem: "accus", "stat", "chang", "continu".
bool WantsE(std::string_view stem) {
  static constexpr std::array<std::string_view, 16> kEndings{
      "at", "iz", "is", "us", "os", "v", "uc", "nc", "rg", "dg", "ng", "ur", "ir", "iv", "u", "as"};
  const bool short_stem = stem.size() < 3;
  return !short_stem &&
         std::ranges::any_of(kEndings, [&](std::string_view end) { return stem.ends_with(end); }) &&
         !stem.ends_with("cus") && !stem.ends_with("ring") && !stem.ends_with("eat");
}

}  // namespace

struct Lemmas::Impl {
  using Lookup = base::TextMap<std::string>;
  Lookup irregular_verbs;  ///< lemmas by form
  Lookup irregular_nouns;
  Lookup verbs;  ///< whether the last letter doubles, by lemma

  /// The verb whose form with -ed or -ing `stem` is the rest of.
  [[nodiscard]] std::string FromStem(std::string_view stem) const {
    std::string with_e = std::string(stem) + "e";
    const auto known = verbs.find(stem);
    // "hoped" is no form of hop, whose last letter doubles.
    if (known != verbs.end() && known->second != "yes") return std::string(stem);
    if (verbs.contains(with_e)) return with_e;
    if (EndsDoubled(stem)) {
      const std::string_view single = stem.substr(0, stem.size() - 1);
      const bool keeps = stem.ends_with("ll") || stem.ends_with("ss") || stem.ends_with("ff") ||
                         stem.ends_with("zz");
      if (verbs.contains(single) || !keeps) return std::string(single);
    }
    return WantsE(stem) ? with_e : std::string(stem);
  }
};

namespace {

/// Undoes -s: "carries" → "carry", "reaches" → "reach", "says" → "say".
std::string WithoutS(std::string_view form) {
  if (form.ends_with("ies") && form.size() > 4)
    return std::string(form.substr(0, form.size() - 3)) + "y";
  for (const std::string_view end : {"sses", "shes", "ches", "xes", "zzes", "oes"}) {
    if (form.ends_with(end)) return std::string(form.substr(0, form.size() - 2));
  }
  if (form.ends_with('s') && !form.ends_with("ss") && !form.ends_with("us") &&
      !form.ends_with("is") && form.size() > 3) {
    return std::string(form.substr(0, form.size() - 1));
  }
  return std::string(form);
}

/// The cells of a column by the words of another.
Result<Lemmas::Impl::Lookup> ReadLookup(const tables::Tables& tables, std::string_view name,
                                        std::string_view word, std::string_view column) {
  DATELINE_TRY(const tables::Table* table, tables.Get(name));
  DATELINE_TRY(const tables::Column key, table->GetColumn(word));
  DATELINE_TRY(const tables::Column value, table->GetColumn(column));
  Lemmas::Impl::Lookup lookup;
  for (std::uint32_t row = 0; row < table->row_count(); ++row)
    lookup.emplace(table->Cell(row, key), table->Cell(row, value));
  return lookup;
}

}  // namespace

std::string Lemmas::VerbLemma(std::string_view printed) const {
  std::string form = text::Fold(printed);
  const auto& irregular = impl_->irregular_verbs;
  if (const auto known = irregular.find(form); known != irregular.end()) return known->second;
  if (impl_->verbs.contains(form)) return form;
  const std::string_view view = form;
  if (view.ends_with("ied") && view.size() > 4)
    return std::string(view.substr(0, view.size() - 3)) + "y";
  if (view.ends_with("eed"))
    return view == "agreed" || view == "freed" || view == "guaranteed"
               ? std::string(view.substr(0, view.size() - 1))
               : form;
  if (view.ends_with("ed") && HasVowel(view.substr(0, view.size() - 2)) && view.size() > 3) {
    return impl_->FromStem(view.substr(0, view.size() - 2));
  }
  if (view.ends_with("ing") && HasVowel(view.substr(0, view.size() - 3)) && view.size() > 4) {
    return impl_->FromStem(view.substr(0, view.size() - 3));
  }
  return WithoutS(form);
}

std::string Lemmas::NounLemma(std::string_view printed) const {
  const std::string form = text::Fold(printed);
  const auto& irregular = impl_->irregular_nouns;
  if (const auto known = irregular.find(form); known != irregular.end()) return known->second;
  return WithoutS(form);
}

Result<Lemmas> Lemmas::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->irregular_verbs,
               ReadLookup(tables, "english/irregular_verbs", "form", "lemma"));
  DATELINE_TRY(impl->irregular_nouns,
               ReadLookup(tables, "english/irregular_nouns", "form", "lemma"));
  DATELINE_TRY(impl->verbs, ReadLookup(tables, "english/verbs", "lemma", "doubles"));
  Lemmas lemmas;
  lemmas.impl_ = std::move(impl);
  return lemmas;
}

}  // namespace dateline::syntax
