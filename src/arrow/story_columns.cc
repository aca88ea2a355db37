#include <simdjson.h>

#include <limits>
#include <string>
#include <utility>

#include "arrow/column.h"
#include "dateline/arrow.h"

namespace dateline {
namespace {

namespace dom = simdjson::dom;

/// The row itself: a struct without a name.
constexpr arrow::Field kRow{"", arrow::FieldKind::kStruct, {}};
/// No buffer of texts outgrows the records that they come from.
constexpr std::size_t kMostBytes = std::numeric_limits<std::int32_t>::max();

std::span<const arrow::Field> FieldsOf(const ColumnOptions& options) {
  const auto all = arrow::RecordFields();
  return options.tokens ? all : all.first(all.size() - 1);
}

}  // namespace

struct StoryColumns::Impl {
  explicit Impl(const ColumnOptions& given) : options(given), rows(kRow, FieldsOf(given)) {}

  ColumnOptions options;
  arrow::Column rows;
  std::size_t bytes = 0;  ///< of the records of these rows
  dom::parser parser{};
};

StoryColumns::StoryColumns(const ColumnOptions& options) : impl_(std::make_unique<Impl>(options)) {}
StoryColumns::StoryColumns(StoryColumns&&) noexcept = default;
StoryColumns& StoryColumns::operator=(StoryColumns&&) noexcept = default;
StoryColumns::~StoryColumns() = default;

Result<void> StoryColumns::Add(const Story& story) {
  const ColumnOptions& options = impl_->options;
  return AddRecord(WriteRecord(story, {.tokens = options.tokens, .offsets = options.offsets}));
}

Result<void> StoryColumns::AddRecord(std::string_view record) {
  if (record.size() > kMostBytes - impl_->bytes)
    return Fail(ErrorCode::kTooLarge, "the columns hold 2 GiB; finish them and go on");
  dom::element parsed;
  if (const auto error = impl_->parser.parse(record.data(), record.size()).get(parsed))
    return Fail(ErrorCode::kMalformed,
                std::string("no story record: ") + simdjson::error_message(error));
  if (!parsed.is_object()) return Fail(ErrorCode::kMalformed, "no story record: no object");
  impl_->bytes += record.size();
  impl_->rows.Append(parsed);
  return {};
}

void StoryColumns::AddNull() { impl_->rows.AppendNull(); }

std::int64_t StoryColumns::rows() const { return impl_->rows.length(); }

void StoryColumns::Finish(ArrowSchema* schema, ArrowArray* array) {
  if (schema != nullptr) impl_->rows.Describe(schema);
  arrow::Column rows = std::exchange(impl_->rows, arrow::Column(kRow, FieldsOf(impl_->options)));
  impl_->bytes = 0;
  if (array != nullptr) arrow::Column::Move(std::move(rows), array);
}

}  // namespace dateline
