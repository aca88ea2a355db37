#include "coreference/ranker.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace dateline::coreference {
namespace {

constexpr std::string_view kMagic = "DLCOREF1";
constexpr std::uint32_t kMaxBits = 24;

/// Behind the magic, little-endian.
struct Header {
  std::uint32_t feature_version = 0;
  std::uint32_t bits = 0;   ///< 2^bits weights
  std::uint32_t words = 0;  ///< in classes
  std::uint32_t reserved = 0;
  std::uint64_t checksum = 0;  ///< XXH3 of all that follows
};
constexpr std::size_t kHead = 8 + sizeof(Header);

}  // namespace

Result<Ranker> Ranker::Open(std::string_view bytes) {
  if (bytes.size() < kHead || !bytes.starts_with(kMagic)) {
    return Fail(ErrorCode::kMalformed, "no coreference weights; make them with train/coreference");
  }
  Header header;
  std::memcpy(&header, bytes.data() + kMagic.size(), sizeof header);
  if (header.feature_version != kFeatureVersion) {
    return Fail(ErrorCode::kUnsupported,
                fmt::format("made for features {}, this program has {}; train it again",
                            header.feature_version, kFeatureVersion));
  }
  const std::string_view body = bytes.substr(kHead);
  const std::uint64_t padded = (std::uint64_t{header.words} + 3) / 4 * 4;
  if (header.bits > kMaxBits ||
      body.size() != std::uint64_t{header.words} * 4 + padded + (std::uint64_t{1} << header.bits)) {
    return Fail(ErrorCode::kMalformed, "its size is not what its head says; fetch it again");
  }
  if (XXH3_64bits(body.data(), body.size()) != header.checksum) {
    return Fail(ErrorCode::kMalformed, "wrong checksum; fetch it again");
  }
  Ranker ranker;
  const char* at = body.data();
  ranker.classes_.words = {reinterpret_cast<const std::uint32_t*>(at), header.words};
  at += std::size_t{header.words} * 4;
  ranker.classes_.classes = {reinterpret_cast<const std::uint8_t*>(at), header.words};
  at += padded;
  ranker.weights_ = {reinterpret_cast<const std::int8_t*>(at), std::size_t{1} << header.bits};
  ranker.mask_ = (1U << header.bits) - 1;
  if (!std::ranges::is_sorted(ranker.classes_.words)) {
    return Fail(ErrorCode::kMalformed, "its words are not sorted; fetch it again");
  }
  return ranker;
}

std::int32_t Ranker::Score(std::span<const std::uint32_t> features) const {
  std::int32_t score = 0;
  for (const std::uint32_t feature : features) score += weights_[feature & mask_];
  return score;
}

}  // namespace dateline::coreference
