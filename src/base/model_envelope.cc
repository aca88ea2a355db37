#include "base/model_envelope.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace dateline::base {
namespace {

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

struct Head {
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
  std::uint32_t extra = 0;
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;
};
static_assert(sizeof(Head) == kEnvelopeSize);

Head HeadOf(std::string_view bytes) {
  Head head;
  std::memcpy(&head, bytes.data(), sizeof head);
  return head;
}

std::uint64_t ChecksumOf(std::string_view bytes) {
  const std::string_view body = bytes.substr(kEnvelopeSize);
  return XXH3_64bits(body.data(), body.size());
}

}  // namespace

std::unexpected<Error> DamagedModel(std::string message) {
  return Fail(ErrorCode::kMalformed, std::move(message) + "; get the model file again");
}

std::unexpected<Error> OtherFeatures() {
  return Fail(ErrorCode::kUnsupported,
              "was trained with other features than this program has; get a model that was made "
              "for it");
}

Result<Envelope> OpenEnvelope(std::string_view bytes, const ModelKind& kind) {
  if (bytes.size() < kEnvelopeSize) {
    return DamagedModel(
        fmt::format("is too short for a model file, which begins with '{}'", kind.magic));
  }
  const Head head = HeadOf(bytes);
  if (std::string_view(head.magic.data(), head.magic.size()) != kind.magic)
    return DamagedModel(fmt::format("does not begin with '{}'", kind.magic));
  if (head.version != kind.version) {
    return Fail(ErrorCode::kUnsupported,
                fmt::format("has format version {}, this program reads {}; get a model that was "
                            "made for it",
                            head.version, kind.version));
  }
  if (head.size != bytes.size())
    return DamagedModel(fmt::format("has {} bytes, its header says {}", bytes.size(), head.size));
  if (head.checksum != ChecksumOf(bytes)) return DamagedModel("does not match its checksum");
  return Envelope{
      .extra = head.extra, .checksum = head.checksum, .body = bytes.substr(kEnvelopeSize)};
}

std::string Enclose(const ModelKind& kind, std::string_view body) {
  Head head{.magic = {}, .version = kind.version};
  std::ranges::copy(kind.magic.substr(0, head.magic.size()), head.magic.begin());
  std::string bytes(kEnvelopeSize, '\0');
  std::memcpy(bytes.data(), &head, sizeof head);
  bytes += body;
  Seal(bytes);
  return bytes;
}

void Seal(std::string& bytes) {
  if (bytes.size() < kEnvelopeSize) return;
  Head head = HeadOf(bytes);
  head.size = bytes.size();
  head.checksum = ChecksumOf(bytes);
  std::memcpy(bytes.data(), &head, sizeof head);
}

}  // namespace dateline::base
