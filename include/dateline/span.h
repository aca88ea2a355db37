/// Byte ranges and typed indices: how every fact points at its evidence.
///
///   Span name{.begin = 0, .end = 5};
///   name.of("Putin said")  // "Putin"
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dateline {

/// A half-open range `[begin, end)` of UTF-8 byte offsets into one text. `begin <= end` always.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr auto operator<=>(const Span&) const = default;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  /// The bytes of this span. REQUIRES: end <= text.size().
  [[nodiscard]] constexpr std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
  [[nodiscard]] constexpr bool Contains(Span other) const {
    return begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] constexpr bool Overlaps(Span other) const {
    return begin < other.end && other.begin < end;
  }
};

/// Makes a span from sizes counted in size_t. REQUIRES: both fit 32 bits (texts are below 4 GiB).
constexpr Span MakeSpan(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// Indices into the vectors of one Story. Each has a type of its own, so that a token index cannot
/// be handed over as an entity.
enum class BlockIndex : std::uint32_t {};
enum class SentenceIndex : std::uint32_t {};
enum class TokenIndex : std::uint32_t {};
enum class EntityIndex : std::uint32_t {};
enum class AttributionIndex : std::uint32_t {};

/// The position an index stands for: `story.entities[Raw(event.source[0].entity)]`.
template <typename Index>
constexpr std::size_t Raw(Index index) {
  return static_cast<std::size_t>(index);
}

}  // namespace dateline
