#include "model/features.h"

#include <algorithm>

#include "text/unicode.h"

namespace dateline::model {
namespace {

constexpr std::u32string_view kApostrophes = U"\u2018\u2019\u201b\u02bc\u00b4`";
constexpr std::u32string_view kQuotes = U"\u201c\u201d\u201e\u201f\u00ab\u00bb";

/// FNV-1a over a tag byte and UTF-8 bytes, then a final mix.
class Hash64 {
 public:
  explicit Hash64(char tag) { Byte(static_cast<unsigned char>(tag)); }

  void Add(std::u32string_view text) {
    for (const char32_t c : text) AddCodePoint(c);
  }
  [[nodiscard]] std::uint64_t Value() const {
    std::uint64_t h = hash_;
    h ^= h >> 29U;
    h *= 0xbf58476d1ce4e5b9ULL;
    return h ^ (h >> 32U);
  }

 private:
  void Byte(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3ULL; }
  void AddCodePoint(char32_t c) {
    if (c < 0x80) return Byte(c);
    if (c < 0x800) {
      Byte(0xc0U | (c >> 6U));
    } else {
      if (c < 0x10000) {
        Byte(0xe0U | (c >> 12U));
      } else {
        Byte(0xf0U | (c >> 18U));
        Byte(0x80U | ((c >> 12U) & 0x3fU));
      }
      Byte(0x80U | ((c >> 6U) & 0x3fU));
    }
    Byte(0x80U | (c & 0x3fU));
  }

  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

std::uint64_t HashOf(char tag, std::u32string_view text) {
  Hash64 hash(tag);
  hash.Add(text);
  return hash.Value();
}

/// Of the code points from 128 on: neither sign nor symbol.
bool IsLetterLike(char32_t c) {
  const bool sign = c <= 0xbf || c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) ||
                    (c >= 0x3000 && c <= 0x303f) || (c >= 0xfe00 && c <= 0xfe6f) || c >= 0x1f000;
  return !sign;
}

char32_t ShapeOf(char32_t c, const LowerCase& lower) {
  if (c < 128) {
    if (c >= U'A' && c <= U'Z') return U'X';
    if (c >= U'a' && c <= U'z') return U'x';
    return text::IsAsciiDigit(c) ? U'd' : c;
  }
  if (lower.Has(c)) return U'X';
  return IsLetterLike(c) ? U'x' : U'p';
}

/// Runs of one class are cut at four, the whole at twelve.
std::uint64_t HashOfShape(std::u32string_view form, const LowerCase& lower) {
  std::array<char32_t, 12> out{};
  std::size_t size = 0;
  for (const char32_t c : form) {
    const char32_t k = ShapeOf(c, lower);
    const bool run = size >= 4 && out[size - 1] == k && out[size - 2] == k && out[size - 3] == k &&
                     out[size - 4] == k;
    if (run) continue;
    out[size++] = k;
    if (size == out.size()) break;
  }
  return HashOf('e', {out.data(), size});
}

void Decode(std::string_view form, std::u32string& out) {
  out.clear();
  for (std::size_t at = 0; at < form.size();) {
    const auto byte = static_cast<unsigned char>(form[at]);
    if (byte < 0x80) {
      out += byte;
      ++at;
      continue;
    }
    const text::CodePoint c = text::CodePointAt(form, at);
    out += c.value;
    at += c.length;
  }
}

void Normalise(std::string_view form, std::u32string& out) {
  if (form == "''" || form == "``") {
    out.assign(1, U'"');
    return;
  }
  Decode(form, out);
  for (char32_t& c : out) {
    if (kApostrophes.find(c) != kApostrophes.npos) {
      c = U'\'';
    } else if (kQuotes.find(c) != kQuotes.npos) {
      c = U'"';
    }
  }
}

std::u32string_view Last(std::u32string_view text, std::size_t n) {
  return text.substr(text.size() - std::min(n, text.size()));
}

}  // namespace

char32_t LowerCase::operator()(char32_t c) const {
  if (c < 128) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  std::size_t low = 0;
  std::size_t high = pairs_.size() / 2;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (pairs_[2 * middle] < c) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 2 * low < pairs_.size() && pairs_[2 * low] == c ? pairs_[2 * low + 1] : c;
}

FormFeatures FeatureReader::Read(std::string_view form) {
  FormFeatures out;
  Normalise(form, norm_);
  low_ = norm_;
  for (char32_t& c : low_) c = lower_(c);
  out.vector_key = HashOf('v', low_);
  out.lexicon_key = HashOf('l', norm_);
  out.capital = !norm_.empty() && lower_.Has(norm_.front());
  for (char32_t& c : low_) c = text::IsAsciiDigit(c) ? U'0' : c;
  const std::uint64_t word = HashOf('w', low_);
  const auto row = [](std::uint64_t hash, std::size_t table) {
    return static_cast<std::uint32_t>(hash & (kFeatureTables[table].rows - 1));
  };
  out.rows = {row(word, 0),
              row(word >> 32U, 0),
              row(HashOf('a', std::u32string_view(low_).substr(0, 3)), 1),
              row(HashOf('b', Last(low_, 2)), 2),
              row(HashOf('c', Last(low_, 3)), 3),
              row(HashOf('d', Last(low_, 4)), 4),
              row(HashOfShape(norm_, lower_), 5)};
  return out;
}

std::u32string NormaliseForm(std::string_view form) {
  std::u32string out;
  Normalise(form, out);
  return out;
}

}  // namespace dateline::model
