#include "syntax/lemma_script.h"

#include <charconv>

#include "model/features.h"
#include "text/unicode.h"

namespace dateline::syntax {

std::optional<LemmaScript> LemmaScript::Parse(std::string_view script) {
  LemmaScript out;
  if (script.empty()) return std::nullopt;
  out.case_ = script.front();
  if (out.case_ == '=') {
    out.tail_ = script.substr(1);
    return out;
  }
  const std::size_t close = script.find('>');
  const bool known = out.case_ == 'l' || out.case_ == 'k' || out.case_ == 't';
  if (!known || script.size() < 2 || script[1] != '<' || close == script.npos) return std::nullopt;
  const std::string_view digits = script.substr(2, close - 2);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out.cut_);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  out.tail_ = script.substr(close + 1);
  return out;
}

std::string LemmaScript::Apply(std::string_view form) const {
  if (case_ == '=') return tail_;
  const std::u32string letters = model::NormaliseForm(form);
  const bool cuts = cut_ < letters.size();
  const std::size_t kept = cuts ? letters.size() - cut_ : letters.size();
  std::string out;
  for (std::size_t i = 0; i < kept; ++i) {
    const bool keep = case_ == 'k' || (case_ == 't' && i == 0);
    text::AppendUtf8(out, keep ? letters[i] : text::SimpleLower(letters[i]));
  }
  if (cuts) out += tail_;
  return out;
}

}  // namespace dateline::syntax
