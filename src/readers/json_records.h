/// Where the records of JSON text begin and end: an object, an array of them, JSON lines.
///
/// Only brackets, strings and line ends are looked at; whether a record is sound JSON is for the
/// parser to say. The scanner is fed in pieces, so that a stream of any length needs no memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dateline::readers {

/// Follows JSON text byte by byte.
class RecordScanner {
 public:
  enum class Step : std::uint8_t {
    kOutside,  ///< between records
    kBegin,    ///< this byte begins a record
    kInside,
    kEnd,     ///< this byte ends a record
    kBroken,  ///< a line end within a string: the record ended before this byte, unfinished
  };

  Step Next(char c);
  /// How many bytes at the front of `bytes` are plain text of a string, which Next need not see.
  [[nodiscard]] std::size_t Plain(std::string_view bytes) const;
  /// Whether a record has begun and not ended.
  [[nodiscard]] bool open() const { return depth_ > 0 || scalar_; }
  /// Gives up the open record; the next '{' begins another.
  void Reset();

 private:
  Step Inside(char c);
  Step Outside(char c);
  std::uint32_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool scalar_ = false;  ///< a value that is no object: a record too, and a wrong one
};

struct RecordRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The records of JSON text that is all there. A byte order mark is skipped.
std::vector<RecordRange> FindRecords(std::string_view bytes);

/// Whether the first bytes look like JSON: '{' before '"' or '}', or '[' before '{'.
bool LooksLikeJson(std::string_view bytes);

}  // namespace dateline::readers
