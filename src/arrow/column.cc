// Every node of a column becomes an ArrowArray that owns its buffers and children by itself
// (Shipped), because a consumer may move a child out and release it apart from its parent.
#include "arrow/column.h"

#include <limits>
#include <memory>
#include <string_view>
#include <utility>

namespace dateline::arrow {
namespace {

namespace dom = simdjson::dom;

bool HasOffsets(FieldKind kind) {
  return kind == FieldKind::kText || kind == FieldKind::kList || kind == FieldKind::kTree;
}

const char* FormatOf(FieldKind kind) {
  switch (kind) {
    case FieldKind::kText:
      return "u";
    case FieldKind::kInteger:
      return "i";
    case FieldKind::kReal:
      return "g";
    case FieldKind::kBool:
      return "b";
    case FieldKind::kStruct:
    case FieldKind::kPair:
      return "+s";
    case FieldKind::kList:
    case FieldKind::kTree:
      return "+l";
  }
  return "n";
}

/// What an ArrowSchema points to.
struct ShippedSchema {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> places;
};

template <typename Node>
void ReleaseChildren(Node* node) {
  for (std::int64_t i = 0; i < node->n_children; ++i) {
    Node* child = node->children[i];
    if (child->release != nullptr) child->release(child);
  }
}

void ReleaseSchema(ArrowSchema* schema) {
  ReleaseChildren(schema);
  const std::unique_ptr<ShippedSchema> owned(static_cast<ShippedSchema*>(schema->private_data));
  schema->release = nullptr;
}

}  // namespace

/// What an ArrowArray points to.
struct Column::Shipped {
  Column column;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> places;

  static void Release(ArrowArray* array) {
    ReleaseChildren(array);
    const std::unique_ptr<Shipped> owned(static_cast<Shipped*>(array->private_data));
    array->release = nullptr;
  }
};

Column::Column(const Field& field, std::span<const Field> children) : field_(&field) {
  if (HasOffsets(field.kind)) offsets_.push_back(0);
  children_.reserve(children.size());
  for (const Field& child : children) children_.emplace_back(child);
}

void Column::AppendBits(std::vector<std::uint8_t>& bits, bool bit) const {
  const auto row = static_cast<std::size_t>(length_);
  if (row % 8 == 0) bits.push_back(0);
  if (bit) bits.back() = static_cast<std::uint8_t>(bits.back() | (1U << (row % 8)));
}

void Column::Mark(bool valid) {
  AppendBits(valid_, valid);
  if (!valid) ++nulls_;
}

void Column::AppendNull() {
  Mark(false);
  switch (field_->kind) {
    case FieldKind::kText:
    case FieldKind::kList:
    case FieldKind::kTree:
      offsets_.push_back(offsets_.back());
      break;
    case FieldKind::kInteger:
      integers_.push_back(0);
      break;
    case FieldKind::kReal:
      reals_.push_back(0);
      break;
    case FieldKind::kBool:
      AppendBits(bools_, false);
      break;
    case FieldKind::kStruct:
    case FieldKind::kPair:
      for (Column& child : children_) child.AppendNull();
      break;
  }
  ++length_;
}

void Column::Append(dom::element value) {
  if (!TryAppend(value)) AppendNull();
}

template <typename Value, typename Store>
bool Column::AppendAs(dom::element value, Store store) {
  Value got{};
  if (value.get(got) != simdjson::SUCCESS) return false;
  Mark(true);
  store(got);
  ++length_;
  return true;
}

bool Column::TryAppend(dom::element value) {
  switch (field_->kind) {
    case FieldKind::kText:
      return AppendAs<std::string_view>(value, [this](std::string_view text) { AddText(text); });
    case FieldKind::kInteger:
      return AppendAs<std::int64_t>(value, [this](std::int64_t number) {
        integers_.push_back(static_cast<std::int32_t>(number));
      });
    case FieldKind::kReal:
      return AppendAs<double>(value, [this](double number) { reals_.push_back(number); });
    case FieldKind::kBool:
      return AppendAs<bool>(value, [this](bool flag) { AppendBits(bools_, flag); });
    case FieldKind::kStruct:
      return AppendAs<dom::object>(value, [this](dom::object object) { AddFields(object); });
    case FieldKind::kPair:
      return AppendAs<dom::array>(value, [this](dom::array pair) { AddPair(pair); });
    case FieldKind::kList:
      return AppendAs<dom::array>(value, [this](dom::array items) {
        for (const dom::element item : items) children_.front().Append(item);
        EndList();
      });
    case FieldKind::kTree:
      return AppendAs<dom::array>(value, [this](dom::array items) {
        AddTree(items, std::nullopt);
        EndList();
      });
  }
  return false;
}

void Column::AddText(std::string_view text) {
  bytes_ += text;
  offsets_.push_back(static_cast<std::int32_t>(bytes_.size()));
}

void Column::EndList() {
  offsets_.push_back(static_cast<std::int32_t>(children_.front().length()));
}

void Column::AddFields(dom::object object) {
  for (Column& child : children_) child.AppendKey(object);
}

void Column::AddPair(dom::array pair) {
  for (std::size_t i = 0; i < children_.size(); ++i) {
    dom::element part;
    if (pair.at(i).get(part) == simdjson::SUCCESS) {
      children_[i].Append(part);
    } else {
      children_[i].AppendNull();
    }
  }
}

void Column::AppendKey(dom::object object) {
  dom::element value;
  if (object.at_key(field_->name).get(value) == simdjson::SUCCESS) return Append(value);
  AppendNull();
}

void Column::AddTree(dom::array items, std::optional<std::string_view> inside) {
  for (const dom::element item : items) {
    dom::object object;
    if (item.get(object) != simdjson::SUCCESS) continue;
    children_.front().AppendBranch(object, inside);
    dom::array nested;
    if (object.at_key("nested").get(nested) != simdjson::SUCCESS) continue;
    std::string_view id;
    const bool named = object.at_key("id").get(id) == simdjson::SUCCESS;
    AddTree(nested, named ? std::optional(id) : std::nullopt);
  }
}

void Column::AppendBranch(dom::object object, std::optional<std::string_view> inside) {
  Mark(true);
  for (std::size_t i = 0; i + 1 < children_.size(); ++i) children_[i].AppendKey(object);
  Column& last = children_.back();
  if (inside) {
    last.Mark(true);
    last.AddText(*inside);
    ++last.length_;
  } else {
    last.AppendNull();
  }
  ++length_;
}

void Column::Describe(ArrowSchema* schema) const {
  auto owned = std::make_unique<ShippedSchema>();
  owned->name = field_->name;
  owned->children.resize(children_.size());
  for (std::size_t i = 0; i < children_.size(); ++i) {
    children_[i].Describe(&owned->children[i]);
    owned->places.push_back(&owned->children[i]);
  }
  *schema = {.format = FormatOf(field_->kind),
             .name = owned->name.c_str(),
             .metadata = nullptr,
             .flags = ARROW_FLAG_NULLABLE,
             .n_children = static_cast<std::int64_t>(children_.size()),
             .children = owned->places.data(),
             .dictionary = nullptr,
             .release = ReleaseSchema,
             .private_data = nullptr};
  schema->private_data = owned.release();
}

std::vector<const void*> Column::Buffers() const {
  const void* valid = nulls_ == 0 ? nullptr : valid_.data();
  switch (field_->kind) {
    case FieldKind::kText:
      return {valid, offsets_.data(), bytes_.data()};
    case FieldKind::kInteger:
      return {valid, integers_.data()};
    case FieldKind::kReal:
      return {valid, reals_.data()};
    case FieldKind::kBool:
      return {valid, bools_.data()};
    case FieldKind::kStruct:
    case FieldKind::kPair:
      return {valid};
    case FieldKind::kList:
    case FieldKind::kTree:
      return {valid, offsets_.data()};
  }
  return {valid};
}

void Column::Move(Column&& column, ArrowArray* array) {
  auto owned = std::make_unique<Shipped>(Shipped{std::move(column), {}, {}, {}});
  Column& kept = owned->column;
  owned->buffers = kept.Buffers();
  owned->children.resize(kept.children_.size());
  for (std::size_t i = 0; i < kept.children_.size(); ++i) {
    Move(std::move(kept.children_[i]), &owned->children[i]);
    owned->places.push_back(&owned->children[i]);
  }
  *array = {.length = kept.length_,
            .null_count = kept.nulls_,
            .offset = 0,
            .n_buffers = static_cast<std::int64_t>(owned->buffers.size()),
            .n_children = static_cast<std::int64_t>(owned->places.size()),
            .buffers = owned->buffers.data(),
            .children = owned->places.data(),
            .dictionary = nullptr,
            .release = Shipped::Release,
            .private_data = nullptr};
  array->private_data = owned.release();
}

}  // namespace dateline::arrow
