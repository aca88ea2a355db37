// Charset work is two questions kept apart: which encoding, and what the bytes say in it.
//
// Nearly all input is UTF-8, so that case copies nothing: IsValidUtf8 skips ASCII eight bytes at a
// time and the caller goes on with the bytes themselves. UTF-16 and windows-1252 are decoded here;
// every other encoding goes through ICU's converters, one character at a time, because that is how
// they tell exactly which bytes a character took.
#include "text/charsets.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>

#include "base/ascii.h"
#include "text/unicode.h"

namespace dateline::text {
namespace {

constexpr char32_t kReplacement = U'\uFFFD';
constexpr std::size_t kSample = 1U << 16U;

unsigned char ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

/// Collects decoded characters with their places.
class Writer {
 public:
  explicit Writer(Decoded& out) : out_(out) {}

  void Put(char32_t value, std::size_t source, std::size_t source_length) {
    const std::size_t before = out_.text.size();
    AppendUtf8(out_.text, value);
    Align(out_.text.size() - before, source, source_length);
  }
  void Replace(std::size_t source, std::size_t source_length) {
    Put(kReplacement, source, source_length);
    ++out_.replaced;
  }
  void Copy(std::string_view bytes, std::size_t begin, std::size_t end) {
    out_.text.append(bytes, begin, end - begin);
    Align(end - begin, begin, end - begin);
  }

 private:
  void Align(std::size_t length, std::size_t source, std::size_t source_length) {
    out_.alignment.Append(static_cast<std::uint32_t>(length), static_cast<std::uint32_t>(source),
                          static_cast<std::uint32_t>(source_length));
  }

  Decoded& out_;
};

/// A well-formed sequence, or the longest beginning of one (at least one byte).
struct Sequence {
  std::size_t length = 1;
  bool valid = false;
};

/// How long the sequence that `lead` begins is, and what its second byte may be (Unicode, table
/// 3-7). Length 1: no lead byte.
struct LeadByte {
  std::size_t length = 1;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

LeadByte ClassifyLead(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {.length = 2};
  if (lead == 0xE0) return {.length = 3, .low = 0xA0};
  if (lead == 0xED) return {.length = 3, .high = 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {.length = 3};
  if (lead == 0xF0) return {.length = 4, .low = 0x90};
  if (lead == 0xF4) return {.length = 4, .high = 0x8F};
  if (lead >= 0xF1 && lead <= 0xF3) return {.length = 4};
  return {};
}

/// REQUIRES: the byte at `at` is not ASCII.
Sequence SequenceAt(std::string_view bytes, std::size_t at) {
  const LeadByte lead = ClassifyLead(ByteAt(bytes, at));
  unsigned char low = lead.low;
  unsigned char high = lead.high;
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (at + i >= bytes.size()) return {.length = i};
    const unsigned char next = ByteAt(bytes, at + i);
    if (next < low || next > high) return {.length = i};
    low = 0x80;
    high = 0xBF;
  }
  return {.length = lead.length, .valid = lead.length > 1};
}

struct Utf8Census {
  std::size_t sound = 0;   ///< well-formed sequences of several bytes
  std::size_t broken = 0;  ///< what would have to be replaced
  bool cut_short = false;  ///< the one broken sequence is the beginning of a last character
};

Utf8Census TakeUtf8Census(std::string_view bytes) {
  Utf8Census census;
  for (std::size_t at = FindNonAscii(bytes, 0); at < bytes.size(); at = FindNonAscii(bytes, at)) {
    const Sequence sequence = SequenceAt(bytes, at);
    ++(sequence.valid ? census.sound : census.broken);
    at += sequence.length;
    if (!sequence.valid && sequence.length > 1 && at == bytes.size()) {
      census.cut_short = census.broken == 1;
    }
  }
  return census;
}

void DecodeUtf8(std::string_view bytes, Decoded& out) {
  if (IsValidUtf8(bytes)) {
    out.as_given = true;
    return;
  }
  Writer writer(out);
  out.text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t plain_end = FindNonAscii(bytes, at);
    writer.Copy(bytes, at, plain_end);
    at = plain_end;
    if (at == bytes.size()) break;
    const Sequence sequence = SequenceAt(bytes, at);
    if (sequence.valid) {
      writer.Copy(bytes, at, at + sequence.length);
    } else {
      writer.Replace(at, sequence.length);
    }
    at += sequence.length;
  }
}

void DecodeWindows1252(std::string_view bytes, Decoded& out) {
  Writer writer(out);
  out.text.reserve(bytes.size() + bytes.size() / 16);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t plain_end = FindNonAscii(bytes, at);
    writer.Copy(bytes, at, plain_end);
    at = plain_end;
    if (at == bytes.size()) break;
    writer.Put(Windows1252(ByteAt(bytes, at)), at, 1);
    ++at;
  }
}

void DecodeUtf16(std::string_view bytes, bool big_endian, Decoded& out) {
  Writer writer(out);
  out.text.reserve(bytes.size() / 2);
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<char32_t>(ByteAt(bytes, at));
    const auto second = static_cast<char32_t>(ByteAt(bytes, at + 1));
    return big_endian ? (first << 8U | second) : (second << 8U | first);
  };
  std::size_t at = 0;
  while (at + 1 < bytes.size()) {
    const char32_t high = unit(at);
    if (high < 0xD800 || high >= 0xE000) {
      writer.Put(high, at, 2);
      at += 2;
      continue;
    }
    const char32_t low = at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (high < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
      writer.Put(0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00), at, 4);
      at += 4;
    } else {
      writer.Replace(at, 2);
      at += 2;
    }
  }
  if (at < bytes.size()) writer.Replace(at, 1);
}

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

std::string IanaName(const UConverter* converter, const std::string& fallback) {
  UErrorCode status = U_ZERO_ERROR;
  const char* const name = ucnv_getName(converter, &status);
  const char* const iana =
      U_SUCCESS(status) ? ucnv_getStandardName(name, "IANA", &status) : nullptr;
  return base::Lower(U_SUCCESS(status) && iana != nullptr ? iana : fallback);
}

Result<void> DecodeWithIcu(std::string_view bytes, const std::string& name, Decoded& out) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(name.c_str(), &status));
  if (U_FAILURE(status) || converter == nullptr) {
    return Fail(ErrorCode::kInvalidArgument, fmt::format("there is no encoding '{}'", name));
  }
  out.encoding = IanaName(converter.get(), name);
  Writer writer(out);
  const char* const begin = bytes.data();
  const char* source = begin;
  const char* const limit = begin + bytes.size();
  while (source < limit) {
    const char* const before = source;
    UErrorCode step = U_ZERO_ERROR;
    const UChar32 value = ucnv_getNextUChar(converter.get(), &source, limit, &step);
    if (step == U_INDEX_OUTOFBOUNDS_ERROR) break;  // closing escapes, no character
    const auto at = static_cast<std::size_t>(before - begin);
    if (source == before) source = limit;  // the converter stands still: replace the rest
    const auto length = static_cast<std::size_t>(source - before);
    const auto scalar = static_cast<char32_t>(value);
    const bool sound = U_SUCCESS(step) && scalar != kReplacement && scalar <= 0x10FFFF &&
                       (scalar < 0xD800 || scalar >= 0xE000);
    if (sound) {
      writer.Put(scalar, at, length);
    } else {
      writer.Replace(at, length);
    }
  }
  return {};
}

/// What a byte order mark says.
std::optional<std::string_view> MarkedEncoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return "utf-8";
  if (bytes.starts_with("\xFF\xFE\0\0"sv) && bytes.size() % 4 == 0) return "utf-32le";
  if (bytes.starts_with("\0\0\xFE\xFF"sv)) return "utf-32be";
  if (bytes.starts_with("\xFF\xFE"sv)) return "utf-16le";
  if (bytes.starts_with("\xFE\xFF"sv)) return "utf-16be";
  return std::nullopt;
}

/// In UTF-16 of any Latin text nearly every second byte is zero; even in others spaces and digits
/// make such zeros, all on one side.
std::optional<std::string_view> Utf16ByZeros(std::string_view bytes) {
  const std::size_t pairs = std::min<std::size_t>(bytes.size(), 4096) / 2;
  if (bytes.substr(0, 2 * pairs).find('\0') == bytes.npos) return std::nullopt;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    even += bytes[2 * i] == '\0' ? 1 : 0;
    odd += bytes[2 * i + 1] == '\0' ? 1 : 0;
  }
  if (odd > 0 && odd * 8 >= pairs && even * 16 <= odd) return "utf-16le";
  if (even > 0 && even * 8 >= pairs && odd * 16 <= even) return "utf-16be";
  return std::nullopt;
}

/// How sure ICU must be of its guess, in per cent; absent when there is too little to go by: below
/// one high byte in ten the text is in a Latin alphabet, above one in three it can hardly be.
std::optional<std::int32_t> WantedConfidence(std::string_view sample) {
  const auto high = static_cast<std::size_t>(std::count_if(
      sample.begin(), sample.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
  if (high * 10 < sample.size()) return std::nullopt;
  return high * 3 < sample.size() ? 50 : 10;
}

struct DetectorCloser {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

/// ICU's guess where it is sure enough; absent otherwise, and for Latin-1.
std::optional<std::string> Guess(std::string_view sample) {
  const auto wanted = WantedConfidence(sample);
  if (!wanted) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, DetectorCloser> detector(ucsdet_open(&status));
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  const UCharsetMatch* const match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return std::nullopt;
  const std::int32_t confidence = ucsdet_getConfidence(match, &status);
  std::string name = base::Lower(ucsdet_getName(match, &status));
  if (U_FAILURE(status) || confidence < *wanted) return std::nullopt;
  if (name == "iso-8859-1" || name.starts_with("utf-")) return std::nullopt;
  return name;
}

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The name the decoders go by. Latin-1 and ASCII are read as windows-1252, as browsers do.
std::string CanonicalName(std::string_view encoding, std::string_view bytes) {
  if (const auto marked = MarkedEncoding(bytes)) return std::string(*marked);
  std::string name = base::Lower(encoding);
  if (IsOneOf(name, {"utf-8", "utf8"})) return "utf-8";
  if (IsOneOf(name, {"us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1", "cp1252"})) {
    return "windows-1252";
  }
  if (name == "utf-16") return std::string(Utf16ByZeros(bytes).value_or("utf-16le"));
  return name;
}

}  // namespace

char32_t Windows1252(unsigned char byte) {
  static constexpr std::array<char16_t, 32> kHigh = {
      0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  return byte >= 0x80 && byte < 0xA0 ? char32_t{kHigh.at(byte - 0x80U)} : char32_t{byte};
}

std::size_t FindNonAscii(std::string_view bytes, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  for (; at + sizeof(std::uint64_t) <= bytes.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (at < bytes.size() && ByteAt(bytes, at) < 0x80) ++at;
  return at;
}

bool IsValidUtf8(std::string_view bytes) {
  for (std::size_t at = FindNonAscii(bytes, 0); at < bytes.size(); at = FindNonAscii(bytes, at)) {
    const Sequence sequence = SequenceAt(bytes, at);
    if (!sequence.valid) return false;
    at += sequence.length;
  }
  return true;
}

std::string DetectEncoding(std::string_view bytes) {
  if (const auto marked = MarkedEncoding(bytes)) return std::string(*marked);
  if (const auto wide = Utf16ByZeros(bytes)) return std::string(*wide);
  const Utf8Census census = TakeUtf8Census(bytes);
  if (census.broken <= census.sound || census.cut_short) return "utf-8";
  // Detection looks at the first stretch that has something to look at.
  const std::size_t first = FindNonAscii(bytes, 0);
  const std::string_view sample = bytes.substr(first - std::min(first, kSample / 4), kSample);
  return Guess(sample).value_or("windows-1252");
}

Result<Decoded> Decode(std::string_view bytes, std::string_view encoding) {
  Decoded out;
  out.encoding = CanonicalName(encoding, bytes);
  if (out.encoding == "utf-8") {
    DecodeUtf8(bytes, out);
  } else if (out.encoding == "windows-1252") {
    DecodeWindows1252(bytes, out);
  } else if (out.encoding == "utf-16le" || out.encoding == "utf-16be") {
    DecodeUtf16(bytes, out.encoding == "utf-16be", out);
  } else {
    const std::string name = out.encoding;
    if (auto done = DecodeWithIcu(bytes, name, out); !done) {
      return std::unexpected(std::move(done).error());
    }
  }
  return out;
}

}  // namespace dateline::text
