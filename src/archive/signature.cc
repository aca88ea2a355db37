#include "archive/signature.h"

#include <cstddef>
#include <cstdint>

namespace dateline::archive {
namespace {

constexpr unsigned kLowBits = 18;    // of a step
constexpr unsigned kWeightBits = 6;  // of most weights
constexpr unsigned kWholeWeight = 8;
constexpr std::uint32_t kHeavy = (1U << kWeightBits) - 1;

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}

  /// The lower `bits` of the value.
  void Put(std::uint32_t value, unsigned bits) {
    for (unsigned i = bits; i-- > 0;) {
      if (free_ == 0) {
        out_ += '\0';
        free_ = kByte;
      }
      --free_;
      if ((value >> i & 1U) == 0) continue;
      out_.back() = static_cast<char>(static_cast<unsigned char>(out_.back()) | (1U << free_));
    }
  }

 private:
  static constexpr unsigned kByte = 8;
  std::string& out_;
  unsigned free_ = 0;  ///< bits of the last byte
};

class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

  /// Noughts after the end.
  std::uint32_t Take(unsigned bits) {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < bits; ++i, ++at_) {
      const std::size_t byte = at_ / 8;
      const bool one =
          !ended() && (static_cast<unsigned char>(bytes_[byte]) >> (7 - at_ % 8) & 1U) != 0;
      value = value << 1U | (one ? 1U : 0U);
    }
    return value;
  }
  [[nodiscard]] bool ended() const { return at_ / 8 >= bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::string PackSignature(const Signature& signature) {
  std::string out(1, static_cast<char>(signature.size()));
  BitWriter bits(out);
  std::uint32_t last = 0;
  for (const std::uint32_t entry : signature) {
    const std::uint32_t key = entry >> 8U;
    for (std::uint32_t high = (key - last) >> kLowBits; high > 0; --high) bits.Put(1, 1);
    bits.Put(0, 1);
    bits.Put(key - last, kLowBits);
    const std::uint32_t weight = entry & 0xffU;
    bits.Put(weight < kHeavy ? weight : kHeavy, kWeightBits);
    if (weight >= kHeavy) bits.Put(weight, kWholeWeight);
    last = key;
  }
  return out;
}

Signature UnpackSignature(std::string_view bytes) {
  Signature signature;
  if (bytes.empty()) return signature;
  BitReader bits(bytes.substr(1));
  std::uint32_t key = 0;
  for (std::size_t left = static_cast<unsigned char>(bytes[0]); left > 0 && !bits.ended(); --left) {
    std::uint32_t high = 0;
    while (bits.Take(1) == 1) ++high;
    key += (high << kLowBits) + bits.Take(kLowBits);
    std::uint32_t weight = bits.Take(kWeightBits);
    if (weight == kHeavy) weight = bits.Take(kWholeWeight);
    signature.push_back(key << 8U | weight);
  }
  return signature;
}

Signature SignatureOfFours(std::string_view bytes) {
  constexpr std::size_t kBytes = 4;
  Signature signature;
  signature.reserve(bytes.size() / kBytes);
  for (std::size_t at = 0; at + kBytes <= bytes.size(); at += kBytes) {
    std::uint32_t entry = 0;
    for (std::size_t i = kBytes; i-- > 0;) {
      entry = entry << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    signature.push_back(entry);
  }
  return signature;
}

}  // namespace dateline::archive
