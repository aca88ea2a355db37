/// Numbers and texts of a model file, one behind the other, little-endian.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::base {

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

/// Reads; past the end everything is zero and ok() false. A view of the bytes.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  T Number() {
    T value{};
    if (rest_.size() < sizeof value) {
      ok_ = false;
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }

  template <typename T>
  std::vector<T> Numbers(std::size_t count) {
    std::vector<T> values;
    if (rest_.size() / sizeof(T) < count) {
      ok_ = false;
      return values;
    }
    values.resize(count);
    if (count > 0) std::memcpy(values.data(), rest_.data(), count * sizeof(T));
    rest_.remove_prefix(count * sizeof(T));
    return values;
  }

  /// A count that is at most `most`.
  std::uint32_t Count(std::uint32_t most) {
    const auto count = Number<std::uint32_t>();
    if (count <= most) return count;
    ok_ = false;
    return 0;
  }

  /// A text of at most `most` bytes behind its length.
  std::string Text(std::uint32_t most) {
    const auto bytes = Numbers<char>(Count(most));
    return {bytes.begin(), bytes.end()};
  }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

/// Writes what ByteReader reads.
class ByteWriter {
 public:
  template <typename T>
  void Number(T value) {
    Bytes(&value, sizeof value);
  }
  template <typename T, std::size_t N>
  void Numbers(std::span<const T, N> values) {
    if (!values.empty()) Bytes(values.data(), values.size_bytes());
  }
  void Text(std::string_view text) {
    Number(static_cast<std::uint32_t>(text.size()));
    Bytes(text.data(), text.size());
  }
  std::string out{};

 private:
  void Bytes(const void* data, std::size_t size) {
    out.append(static_cast<const char*>(data), size);
  }
};

}  // namespace dateline::base
