// Normalisation is decoding (charsets.h) followed by one pass over UTF-8 that copies all it can in
// stretches and stops only at what may change: control characters, '&', and the few code points
// that are spaces, line ends or invisible. News text is ASCII with curly quotes, so the pass tests
// eight bytes at once and looks closer only where one of them might matter.
//
// When the bytes were UTF-8, the pass writes the final alignment itself. Otherwise its alignment
// leads to the decoded text, and is composed with the one from there to the bytes.
#include "text/normalise.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "text/charsets.h"
#include "text/entities.h"
#include "text/unicode.h"

namespace dateline::text {
namespace {

constexpr std::size_t kLimit = std::size_t{1} << 30U;
constexpr std::size_t kSniffed = std::size_t{1} << 16U;

enum class Class { kPlain, kSpace, kLineEnd, kInvisible, kControl, kMisread };

bool Between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

Class ClassifyControl(char32_t c) {
  if (c == '\n' || c == '\r' || c == '\v' || c == '\f') return Class::kLineEnd;
  return c == '\t' ? Class::kSpace : Class::kControl;
}

/// U+2000 … U+206F, general punctuation.
Class ClassifyPunctuation(char32_t c) {
  if (c == 0x2028 || c == 0x2029) return Class::kLineEnd;
  if (c <= 0x200A || c == 0x202F || c == 0x205F) return Class::kSpace;
  const bool invisible = Between(c, 0x200B, 0x200F) || Between(c, 0x202A, 0x202E) || c >= 0x2060;
  return invisible ? Class::kInvisible : Class::kPlain;
}

Class Classify(char32_t c) {
  if (c < 0x20 || c == 0x7F) return ClassifyControl(c);
  if (c < 0x80) return Class::kPlain;
  if (c < 0xA0) return c == 0x85 ? Class::kLineEnd : Class::kMisread;
  if (Between(c, 0x2000, 0x206F)) return ClassifyPunctuation(c);
  switch (c) {
    case 0x00A0:
    case 0x1680:
    case 0x3000:
      return Class::kSpace;
    case 0x00AD:
    case 0x061C:
    case 0x180E:
    case 0xFEFF:
      return Class::kInvisible;
    default:
      return Between(c, 0xFFF9, 0xFFFB) ? Class::kInvisible : Class::kPlain;
  }
}

/// Flags the bytes of a word that may not be plain: high bit set where a byte is below 0x20, '&',
/// 0x7F or not ASCII. Bytes above the first flagged one may be flagged wrongly (borrow).
std::uint64_t MaybeSpecial(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighs = 0x8080808080808080U;
  const auto zero_bytes = [](std::uint64_t w) { return (w - kOnes) & ~w; };
  const std::uint64_t below_space = (word - kOnes * 0x20U) & ~word;
  const std::uint64_t ampersand = zero_bytes(word ^ (kOnes * '&'));
  const std::uint64_t del = zero_bytes(word ^ (kOnes * 0x7FU));
  return (word | below_space | ampersand | del) & kHighs;
}

class Pass {
 public:
  Pass(std::string_view in, Normalised& out) : in_(in), out_(out) {}

  /// Normalises `in`, appending to out.text and out.alignment.
  void Run() {
    out_.text.reserve(in_.size());
    std::size_t at = 0;
    while (at < in_.size()) {
      const std::size_t plain_end = SkipPlain(at);
      Copy(at, plain_end);
      at = plain_end;
      if (at < in_.size()) at = TakeSpecial(at);
    }
  }

  [[nodiscard]] std::size_t nuls() const { return nuls_; }
  [[nodiscard]] std::size_t controls() const { return controls_; }
  /// Where in `in` the first control character stands.
  [[nodiscard]] std::size_t first_control() const { return first_control_; }

 private:
  /// Where the next character that changes stands, from `at` on; the end when there is none.
  [[nodiscard]] std::size_t SkipPlain(std::size_t at) const {
    while (at < in_.size()) {
      at = SkipPlainWords(at);
      if (at >= in_.size()) break;
      const auto byte = static_cast<unsigned char>(in_[at]);
      if (byte < 0x80) {
        if (byte != '\n' && (byte < 0x20 || byte == '&' || byte == 0x7F)) return at;
        ++at;
        continue;
      }
      const CodePoint c = CodePointAt(in_, at);
      if (Classify(c.value) != Class::kPlain) return at;
      at += c.length;
    }
    return at;
  }

  [[nodiscard]] std::size_t SkipPlainWords(std::size_t at) const {
    static_assert(std::endian::native == std::endian::little);
    for (; at + sizeof(std::uint64_t) <= in_.size(); at += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, in_.data() + at, sizeof word);
      const std::uint64_t flags = MaybeSpecial(word);
      if (flags != 0) return at + static_cast<std::size_t>(std::countr_zero(flags)) / 8;
    }
    return at;
  }

  void Copy(std::size_t begin, std::size_t end) {
    out_.text.append(in_, begin, end - begin);
    Align(end - begin, begin, end - begin);
  }

  void Align(std::size_t length, std::size_t source, std::size_t source_length) {
    out_.alignment.Append(static_cast<std::uint32_t>(length), static_cast<std::uint32_t>(source),
                          static_cast<std::uint32_t>(source_length));
  }

  void Put(char32_t value, std::size_t at, std::size_t length) {
    const std::size_t before = out_.text.size();
    AppendUtf8(out_.text, value);
    Align(out_.text.size() - before, at, length);
  }

  /// A character and the bytes it took, entities decoded.
  [[nodiscard]] CodePoint Read(std::size_t at) const {
    if (in_[at] == '&') {
      if (const auto entity = ReadEntity(at)) return {entity->value, entity->length};
    }
    return CodePointAt(in_, at);
  }

  /// The entity at `at`; "&amp;" before the rest of another is decoded with it, once.
  [[nodiscard]] std::optional<Entity> ReadEntity(std::size_t at) const {
    const auto outer = ParseEntity(in_.substr(at));
    if (!outer || outer->value != '&') return outer;
    // The inner entity is read as if '&' stood where the last byte of the outer one does.
    const std::size_t rest = at + outer->length;
    std::string inner_text = "&";
    inner_text.append(in_.substr(rest, kLongestEntity));
    const auto inner = ParseEntity(inner_text);
    if (!inner) return outer;
    return Entity{inner->value, outer->length + inner->length - 1};
  }

  std::size_t TakeSpecial(std::size_t at) {
    const CodePoint c = Read(at);
    const std::size_t after = at + c.length;
    switch (Classify(c.value)) {
      case Class::kPlain:
        if (c.value == 0xFFFD && in_[at] == '&') ++out_.replaced;
        Put(c.value, at, c.length);
        break;
      case Class::kSpace:
        Put(' ', at, c.length);
        break;
      case Class::kLineEnd:
        return TakeLineEnd(c, at);
      case Class::kInvisible:
        break;
      case Class::kControl:
        if (in_[at] != '&') CountControl(c.value, at);
        Put(' ', at, c.length);
        break;
      case Class::kMisread:
        TakeMisread(c, at);
        break;
    }
    return after;
  }

  std::size_t TakeLineEnd(CodePoint c, std::size_t at) {
    Put('\n', at, c.length);
    const std::size_t after = at + c.length;
    if (c.value != '\r' || after >= in_.size()) return after;
    const CodePoint next = Read(after);
    return next.value == '\n' ? after + next.length : after;
  }

  /// A C1 control in UTF-8 is a windows-1252 character that was taken for Latin-1.
  void TakeMisread(CodePoint c, std::size_t at) {
    const char32_t meant = Windows1252(static_cast<unsigned char>(c.value));
    if (meant == c.value) {
      CountControl(c.value, at);
      Put(' ', at, c.length);
    } else {
      Put(meant, at, c.length);
    }
  }

  void CountControl(char32_t c, std::size_t at) {
    if (controls_++ == 0) first_control_ = at;
    nuls_ += c == 0 ? 1 : 0;
  }

  static constexpr std::size_t kLongestEntity = 32;

  std::string_view in_;
  Normalised& out_;
  std::size_t nuls_ = 0;
  std::size_t controls_ = 0;
  std::size_t first_control_ = 0;
};

/// Text may have a stray control character; a file full of them is something else.
bool IsBinary(std::size_t nuls, std::size_t controls, std::size_t size) {
  return nuls * 1024 > size || controls * 16 > size;
}

std::unexpected<Error> NoText(std::size_t at) {
  return Fail(ErrorCode::kMalformed, "is no text (binary data)", fmt::format("@{}", at));
}

/// Refuses binary files by their beginning, before they are worked through.
std::optional<std::size_t> FindBinary(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kSniffed);
  std::size_t nuls = 0;
  std::size_t controls = 0;
  std::size_t first = std::string_view::npos;
  for (std::size_t at = 0; at < sample.size(); ++at) {
    while (at + 8 <= sample.size() && !base::HasByteBelow(base::LoadBytes(sample, at, ' '), ' ')) {
      at += 8;
    }
    if (at == sample.size()) break;
    const auto byte = static_cast<unsigned char>(sample[at]);
    if (byte >= 0x20 || Classify(byte) != Class::kControl) continue;
    first = std::min(first, at);
    ++controls;
    nuls += byte == 0 ? 1 : 0;
  }
  if (!IsBinary(nuls, controls, sample.size())) return std::nullopt;
  return first;
}

}  // namespace

Alignment Compose(const Alignment& outer, const Alignment& inner) {
  Alignment composed;
  const auto append = [&](std::uint32_t length, Span middle) {
    const Span source = inner.ToSource(middle);
    composed.Append(length, source.begin, source.size());
  };
  for (const Alignment::Run& run : outer.runs()) {
    const std::uint32_t stride =
        run.source_length % run.length == 0 ? run.source_length / run.length : 0;
    if (stride == 1) {
      const Alignment part = inner.Slice({run.source, run.source + run.source_length});
      for (const auto& piece : part.runs()) {
        composed.Append(piece.length, piece.source, piece.source_length);
      }
    } else if (stride == 0) {
      append(run.length, {run.source, run.source + run.source_length});
    } else {
      for (std::uint32_t i = 0; i < run.length; ++i) {
        const std::uint32_t at = run.source + i * stride;
        append(1, {at, at + stride});
      }
    }
  }
  return composed;
}

Result<Normalised> Normalise(std::string_view bytes, const NormaliseOptions& options) {
  if (bytes.size() >= kLimit) {
    return Fail(ErrorCode::kTooLarge, "is 1 GiB or larger; split it into smaller files");
  }
  const bool named = !options.encoding.empty();
  const std::string encoding = named ? std::string(options.encoding) : DetectEncoding(bytes);
  if (!named && !encoding.starts_with("utf-16") && !encoding.starts_with("utf-32")) {
    if (const auto at = FindBinary(bytes)) return NoText(*at);
  }
  DATELINE_TRY(const Decoded decoded, Decode(bytes, encoding));
  Normalised out;
  out.encoding = decoded.encoding;
  out.replaced = decoded.replaced;
  const std::string_view text = decoded.as_given ? bytes : std::string_view(decoded.text);
  Pass pass(text, out);
  pass.Run();
  if (IsBinary(pass.nuls(), pass.controls(), text.size())) {
    const auto at = static_cast<std::uint32_t>(pass.first_control());
    return NoText(decoded.as_given ? at : decoded.alignment.ToSource({at, at + 1}).begin);
  }
  if (!decoded.as_given) out.alignment = Compose(out.alignment, decoded.alignment);
  return out;
}

std::string Squeeze(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    if (IsSpace(c.value)) {
      gap = !out.empty();
    } else {
      if (gap) out.push_back(' ');
      gap = false;
      out.append(text, at, c.length);
    }
    at += c.length;
  }
  return out;
}

}  // namespace dateline::text
