/// JSON into a string, value by value: commas, escapes and indentation are this class's business.
///
///   JsonWriter json(false);
///   json.BeginObject();
///   json.Key("name");
///   json.String("Ann");
///   json.EndObject();
///   json.Take();  // {"name":"Ann"}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline::record {

/// How a container is set when the writer indents: a value a line, or all of it on one line.
enum class Layout : std::uint8_t { kLines, kInline };

/// Not thread-safe. Whatever the calls hand in, strings come out as valid UTF-8 (bytes that are
/// none become U+FFFD) and numbers in their shortest form that reads back as the same number, in no
/// locale. REQUIRES: calls nest as JSON does; Key before each value of an object.
class JsonWriter {
 public:
  explicit JsonWriter(bool indent) : indent_(indent) {}

  void BeginObject(Layout layout = Layout::kLines) { Begin('{', layout); }
  void EndObject() { End('}'); }
  void BeginArray(Layout layout = Layout::kLines) { Begin('[', layout); }
  void EndArray() { End(']'); }
  /// `key` is written as it is. REQUIRES: plain ASCII without quotes and backslashes.
  void Key(std::string_view key);

  void String(std::string_view value);
  /// `prefix` and a number as one string: "e12".
  void Id(char prefix, std::uint64_t number);
  void Number(std::uint64_t value);
  /// A number that is not finite has no form in JSON and becomes null.
  void Number(double value);
  void Bool(bool value);
  void Null();
  /// A value that is JSON already.
  void Raw(std::string_view json);

  void Reserve(std::size_t bytes) { out_.reserve(bytes); }
  /// The text written so far; the writer is empty afterwards.
  [[nodiscard]] std::string Take();

 private:
  void Begin(char bracket, Layout layout);
  void End(char bracket);
  void BeforeValue();
  void NewLine();

  std::string out_;
  bool indent_;
  bool first_ = true;  ///< nothing stands yet in the open container
  bool after_key_ = false;
  int depth_ = 0;        ///< open containers
  int inline_from_ = 0;  ///< depth of the outermost inline container; 0: none is open
};

}  // namespace dateline::record
