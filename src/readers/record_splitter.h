/// What the splitters of all formats share: gathering a record up to the limit, passing over one
/// that is too large, giving up one where bytes are missing, beginning in the midst.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "readers/splitters.h"

namespace dateline::readers {

class RecordSplitter : public PieceSource {
 public:
  RecordSplitter(std::unique_ptr<Window> stream, std::string path, const InputOptions& options,
                 Format format)
      : stream_(std::move(stream)), path_(std::move(path)), options_(options), format_(format) {}

  std::optional<Result<InputPiece>> Next() final;

 protected:
  struct Step {
    enum class Kind : std::uint8_t {
      kMore,    ///< `size` further bytes are looked at
      kGap,     ///< `size` bytes from here are no record
      kRecord,  ///< a record ends `size` further bytes on
      kCut,     ///< the record ends `size` bytes behind its begin, where it was looked at before
    };
    Kind kind{};
    std::size_t size = 0;
  };

  /// Looks at bytes that have not been looked at. `in_record`: some of the record are behind.
  /// `last`: nothing follows.
  virtual Step Look(std::string_view bytes, bool in_record, bool last) = 0;
  /// The record under way is given up; the next Look is between records.
  virtual void Reset() = 0;
  /// Bytes of a gap go by.
  virtual void Pass(std::string_view /*gap*/) {}
  /// The last word on a record: what to add to it, or an error in its place.
  virtual Result<InputPiece> Finish(InputPiece piece) { return piece; }
  /// The stream is at its end, and `records` have been met in it.
  virtual std::optional<Error> AtEnd(std::uint64_t /*records*/) { return std::nullopt; }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const Window& stream() const { return *stream_; }

 private:
  struct Record {
    std::uint64_t line = 0;
    std::uint64_t offset = 0;
    std::size_t looked = 0;     ///< bytes of it in the window that are looked at
    std::uint64_t dropped = 0;  ///< bytes of it that are gone
    [[nodiscard]] bool open() const { return looked > 0 || dropped > 0; }
  };

  std::optional<Result<InputPiece>> NextRecord();
  /// One step; a result when a record, a failure or the end came of it.
  std::optional<Result<InputPiece>> Advance(Record& record);
  std::optional<Result<InputPiece>> End(Record& record, Step step);
  std::optional<Result<InputPiece>> Starve(Record& record);
  [[nodiscard]] std::string Place(const Record& record) const;

  std::unique_ptr<Window> stream_;
  std::string path_;
  InputOptions options_;
  Format format_;
  std::uint64_t records_ = 0;
  bool jumped_ = false;
  bool last_ = false;
  bool done_ = false;
};

}  // namespace dateline::readers
