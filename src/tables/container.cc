#include "tables/container.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <cstring>

#include "tables/image.h"

namespace dateline::tables {
namespace {

struct Header {
  std::array<char, 8> magic{};
  std::uint64_t checksum = 0;
  std::uint32_t version = kVersion;
  std::uint32_t images = 0;
  std::uint64_t size = 0;
};
static_assert(sizeof(Header) == 32);
/// The checksum covers everything behind itself.
constexpr std::size_t kChecked = 16;

struct Entry {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

std::size_t Aligned(std::size_t size) {
  return (size + kImageAlignment - 1) / kImageAlignment * kImageAlignment;
}

std::uint64_t Checksum(std::string_view bytes) {
  return XXH3_64bits(bytes.data() + kChecked, bytes.size() - kChecked);
}

std::unexpected<Error> Malformed(std::string message) {
  return Fail(ErrorCode::kMalformed, std::move(message) + "; compile the tables again");
}

Result<Header> ReadHeader(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof header) return Malformed("is too short for compiled tables");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != kMagic) {
    return Malformed("does not begin with 'DLTABLES'");
  }
  if (header.version != kVersion) {
    return Fail(ErrorCode::kUnsupported,
                fmt::format("has format version {}, want {}; compile the tables again",
                            header.version, kVersion));
  }
  if (header.size != bytes.size()) {
    return Malformed(fmt::format("has {} bytes, want {}", bytes.size(), header.size));
  }
  if (header.checksum != Checksum(bytes)) return Malformed("does not match its checksum");
  return header;
}

}  // namespace

std::string MakeContainer(std::span<const std::string> images) {
  std::string bytes(sizeof(Header), '\0');
  std::size_t offset = sizeof(Header) + (images.size() * sizeof(Entry));
  for (const std::string& image : images) {
    const Entry entry{offset, image.size()};
    bytes.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    offset += Aligned(image.size());
  }
  for (const std::string& image : images) {
    bytes.append(image).resize(Aligned(bytes.size()));
  }
  Header header;
  std::memcpy(header.magic.data(), kMagic.data(), kMagic.size());
  header.images = static_cast<std::uint32_t>(images.size());
  header.size = bytes.size();
  std::memcpy(bytes.data(), &header, sizeof header);
  header.checksum = Checksum(bytes);
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

Result<Container> OpenContainer(std::string_view bytes) {
  DATELINE_TRY(const Header header, ReadHeader(bytes));
  const std::string_view entries = bytes.substr(sizeof(Header));
  if (header.images > entries.size() / sizeof(Entry))
    return Malformed("lists more tables than it holds");
  Container container{.checksum = header.checksum, .images = {}};
  for (std::size_t i = 0; i < header.images; ++i) {
    Entry entry;
    std::memcpy(&entry, entries.data() + (i * sizeof entry), sizeof entry);
    if (entry.offset % kImageAlignment != 0 || entry.offset > bytes.size() ||
        entry.size > bytes.size() - entry.offset) {
      return Malformed("holds a table outside the file");
    }
    container.images.push_back(bytes.substr(entry.offset, entry.size));
  }
  return container;
}

}  // namespace dateline::tables
