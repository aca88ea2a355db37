/// What a column holds, and where in a record its values stand.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dateline::arrow {

enum class FieldKind : std::uint8_t {
  kText,
  kInteger,  ///< 32 bits
  kReal,
  kBool,
  kStruct,
  kPair,  ///< [start, end] as a struct of these two
  kList,  ///< of structs, pairs or texts; its one child says which
  kTree,  ///< a list of structs, each with those of its key "nested" behind it, "inside" its id
};

/// A row of the schema. Static, so that columns may point to it.
struct Field {
  std::string_view name;
  FieldKind kind = FieldKind::kText;
  std::span<const Field> children{};
};

/// The fields of a story record, in its order; the last is "tokens".
std::span<const Field> RecordFields();

}  // namespace dateline::arrow
