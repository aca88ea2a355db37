// A story as Python holds it, and facts in it: each keeps its story alive.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/span.h"
#include "dateline/story.h"

namespace dateline::python {

/// Shared by its Python object and by every fact taken from it. Never changed, so that threads may
/// read it without a lock.
class StoryData : public std::enable_shared_from_this<StoryData> {
 public:
  explicit StoryData(Story story) : story_(std::move(story)) {}

  [[nodiscard]] const Story& story() const { return story_; }
  /// How many characters of the text stand before a byte.
  [[nodiscard]] std::uint32_t Chars(std::uint32_t byte) const {
    std::call_once(counted_, [this] { Count(); });
    if (chars_.empty()) return byte;
    return byte < chars_.size() ? chars_[byte] : chars_.back();
  }
  [[nodiscard]] std::string_view Words(Span span) const { return span.of(story_.text); }

 private:
  void Count() const;

  Story story_;
  mutable std::once_flag counted_;
  mutable std::vector<std::uint32_t> chars_;  ///< by byte, the end too; empty: all is ASCII
};

using StoryPointer = std::shared_ptr<StoryData>;

/// A value of a story's lists, or of a fact's.
template <typename T>
struct Fact {
  StoryPointer of;
  const T* value = nullptr;

  const T* operator->() const { return value; }
  const T& operator*() const { return *value; }
  bool operator==(const Fact& other) const { return value == other.value; }
};

/// A span by itself.
struct Piece {
  StoryPointer of;
  Span span;
};

template <typename T>
std::vector<Fact<T>> FactsOf(const StoryPointer& of, const std::vector<T>& values) {
  std::vector<Fact<T>> facts;
  facts.reserve(values.size());
  for (const T& value : values) facts.push_back({of, &value});
  return facts;
}

}  // namespace dateline::python
