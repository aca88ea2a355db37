/// A column under construction, and its way out through the Arrow C data interface.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arrow/field.h"
#include "dateline/arrow_abi.h"

namespace dateline::arrow {

/// Values of one field, row by row. A value that is missing, null or of another kind than the
/// field's is null.
class Column {
 public:
  /// `field` and all below it must live as long as the column.
  explicit Column(const Field& field) : Column(field, field.children) {}
  /// A struct, list … of these children.
  Column(const Field& field, std::span<const Field> children);

  void Append(simdjson::dom::element value);
  void AppendNull();
  [[nodiscard]] std::int64_t length() const { return length_; }

  /// Fills in the schema of this column. The caller releases it.
  void Describe(ArrowSchema* schema) const;
  /// Moves the column into the array. The caller releases it.
  static void Move(Column&& column, ArrowArray* array);

 private:
  struct Shipped;
  /// Notes whether the row that comes next has a value.
  void Mark(bool valid);
  bool TryAppend(simdjson::dom::element value);
  template <typename Value, typename Store>
  bool AppendAs(simdjson::dom::element value, Store store);
  /// The value of this column's name in `object`.
  void AppendKey(simdjson::dom::object object);
  /// A struct of a tree; its last field is `inside`.
  void AppendBranch(simdjson::dom::object object, std::optional<std::string_view> inside);
  // What a row holds, after Mark.
  void AddText(std::string_view text);
  void AddFields(simdjson::dom::object object);
  void AddPair(simdjson::dom::array pair);
  void AddTree(simdjson::dom::array items, std::optional<std::string_view> inside);
  void EndList();
  void AppendBits(std::vector<std::uint8_t>& bits, bool bit) const;
  [[nodiscard]] std::vector<const void*> Buffers() const;

  const Field* field_;
  std::int64_t length_ = 0;
  std::int64_t nulls_ = 0;
  std::vector<std::uint8_t> valid_;    ///< a bit a row
  std::vector<std::int32_t> offsets_;  ///< of texts and lists: where each row begins, and the end
  std::string bytes_;                  ///< of texts
  std::vector<std::int32_t> integers_;
  std::vector<double> reals_;
  std::vector<std::uint8_t> bools_;  ///< a bit a row
  std::vector<Column> children_;
};

}  // namespace dateline::arrow
