/// Where the stories of an XML stream begin and end: the items of a feed, the news items of a
/// message.
///
/// Only tags, comments, CDATA, instructions and the doctype are looked at; whether a record is
/// sound is for the parser to say. A record ends with the end tag of its name, whatever stands open
/// in it, or before the next record, so that a broken one costs itself and no other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::readers {

/// Elements that are records: `item` in RSS, `entry` in Atom, and wherever they stand those of
/// NewsML-G2, NITF and NewsML 1.
class XmlScanner {
 public:
  struct Step {
    enum class Kind : std::uint8_t {
      kMore,    ///< `size` bytes are looked at; the rest wants more bytes behind it
      kBegin,   ///< a record begins `size` bytes on
      kEnd,     ///< the record ends `size` bytes on
      kBroken,  ///< the next record begins `size` bytes on, and this one has not ended
    };
    Kind kind{};
    std::size_t size = 0;
  };

  /// Looks on. After kBegin, kEnd and kBroken the next call goes on there (kBegin and kBroken: at
  /// the record's first byte). `last`: nothing follows `bytes`.
  Step Look(std::string_view bytes, bool last);

  [[nodiscard]] bool in_record() const { return !record_.empty(); }
  /// The root element's name; empty until it is met.
  [[nodiscard]] const std::string& root() const { return root_; }
  /// Gives up the record that is open.
  void Reset();

 private:
  enum class State : std::uint8_t { kContent, kTag, kComment, kCdata, kInstruction, kDoctype };

  /// At a '<'. Nothing when what it opens cannot be told yet.
  std::optional<Step> Open(std::string_view bytes, std::size_t at, bool last);
  std::optional<Step> OpenTag(std::string_view bytes, std::size_t at, bool last);
  /// Inside something; the place behind it, or npos when all of `bytes` lies in it.
  std::size_t Inside(std::string_view bytes, std::size_t at);
  [[nodiscard]] std::size_t Looked(std::size_t size, std::size_t at, bool last) const;
  std::size_t InsideTag(std::string_view bytes, std::size_t at);
  std::size_t InsideDoctype(std::string_view bytes, std::size_t at);
  [[nodiscard]] bool IsRecord(std::string_view name) const;

  State state_ = State::kContent;
  std::string root_;
  std::string record_;   ///< name of the open record
  bool begun_ = false;   ///< its start tag is being read for the second time
  bool opens_ = false;   ///< the tag under way is the record's own
  bool closes_ = false;  ///< the tag under way closes the record
  char quote_ = '\0';
  char before_ = '\0';    ///< the byte before, in a tag
  int brackets_ = 0;      ///< of the doctype
  std::size_t next_ = 0;  ///< where Open says to go on
};

struct XmlRecords {
  std::string_view context;  ///< what stands before the first record
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::vector<Range> records;
  std::string root;
};

/// What to say of XML in which there are no records, by its root.
Error NoXmlRecords(std::string_view root);

/// The records of XML that is all there.
XmlRecords FindXmlRecords(std::string_view bytes);

}  // namespace dateline::readers
