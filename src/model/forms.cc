#include "model/forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dateline::model {
namespace {

/// Where `key` stands in the sorted `keys`; keys.size() when it does not.
std::size_t Find(std::span<const std::uint64_t> keys, std::uint64_t key) {
  const auto found = std::ranges::lower_bound(keys, key);
  if (found == keys.end() || *found != key) return keys.size();
  return static_cast<std::size_t>(found - keys.begin());
}

}  // namespace

Result<FormEncoder> FormEncoder::Read(const ModelFile& file) {
  if (file.fingerprint != kFingerprint) {
    return Fail(ErrorCode::kUnsupported,
                fmt::format("was made with features {}, this program has {}; get a model that was "
                            "made for it",
                            file.fingerprint, kFingerprint));
  }
  FormEncoder encoder;
  DATELINE_TRY(const auto lower,
               file.Get<std::uint32_t>("lower", file.Rows("lower").value_or(0), 2));
  encoder.lower_ = LowerCase(lower);
  if (auto read = encoder.ReadTables(file); !read) return std::unexpected(read.error());
  if (auto read = encoder.ReadKeys(file); !read) return std::unexpected(read.error());
  DATELINE_TRY(encoder.input_, Layer::Read(file, "input", file.sizes.width, kFormColumns));
  DATELINE_TRY(encoder.norm_, Norm::Read(file, "input", file.sizes.width));
  return encoder;
}

Result<void> FormEncoder::ReadTables(const ModelFile& file) {
  for (const FeatureTable& table : kFeatureTables) {
    DATELINE_TRY(const auto rows, file.Get<std::int8_t>("table." + std::string(table.name),
                                                        table.rows, table.columns));
    tables_.push_back(rows.data());
  }
  return {};
}

Result<void> FormEncoder::ReadKeys(const ModelFile& file) {
  const std::size_t vectors = file.Rows("vector.keys").value_or(0);
  DATELINE_TRY(vector_keys_, file.Get<std::uint64_t>("vector.keys", 1, vectors));
  DATELINE_TRY(const auto table,
               file.Get<std::int8_t>("table.vector", vectors + 1, kVectorColumns));
  vectors_ = table.data();
  const std::size_t entries = file.Rows("lexicon.keys").value_or(0);
  const std::size_t rows = file.Rows("table.lexicon").value_or(0);
  DATELINE_TRY(lexicon_keys_, file.Get<std::uint64_t>("lexicon.keys", 1, entries));
  DATELINE_TRY(lexicon_rows_, file.Get<std::uint16_t>("lexicon.rows", 1, entries));
  DATELINE_TRY(const auto lexicon, file.Get<std::int8_t>("table.lexicon", rows, kLexiconColumns));
  lexicon_ = lexicon.data();
  const bool inside =
      rows > 0 && std::ranges::all_of(lexicon_rows_, [rows](auto row) { return row < rows; });
  if (!inside) {
    return Fail(ErrorCode::kMalformed,
                "tensor lexicon.rows points outside its table; get the model file again");
  }
  return {};
}

void FormEncoder::Gather(const FormFeatures& features, std::int8_t* out) const {
  const std::size_t columns = kFeatureTables[0].columns;
  const std::int8_t* first = tables_[0] + features.rows[0] * columns;
  const std::int8_t* second = tables_[0] + features.rows[1] * columns;
  for (std::size_t c = 0; c < columns; ++c) *out++ = static_cast<std::int8_t>(first[c] + second[c]);
  for (std::size_t t = 1; t < kFeatureTables.size(); ++t) {
    const std::size_t width = kFeatureTables[t].columns;
    out = std::copy_n(tables_[t] + features.rows[t + 1] * width, width, out);
  }
  const std::size_t vector = Find(vector_keys_, features.vector_key);
  const std::size_t row = vector == vector_keys_.size() ? 0 : vector + 1;
  out = std::copy_n(vectors_ + row * kVectorColumns, kVectorColumns, out);
  const std::size_t entry = Find(lexicon_keys_, features.lexicon_key);
  const std::size_t mask = entry == lexicon_keys_.size() ? 0 : lexicon_rows_[entry];
  std::copy_n(lexicon_ + mask * kLexiconColumns, kLexiconColumns, out);
}

std::span<const std::int8_t> FormEncoder::VectorOf(std::string_view form) const {
  FeatureReader reader(lower_);
  const std::size_t vector = Find(vector_keys_, reader.Read(form).vector_key);
  const std::size_t row = vector == vector_keys_.size() ? 0 : vector + 1;
  return {vectors_ + row * kVectorColumns, kVectorColumns};
}

void FormEncoder::Encode(const std::int8_t* inputs, std::size_t count, Runner& runner,
                         float* out) const {
  runner.Linear(input_, inputs, count, out);
  runner.kernels().norm(out, count, width(), norm_.gamma.data(), norm_.beta.data(), out);
}

void FormCache::Number(std::span<const std::string_view> forms, std::vector<std::uint32_t>& out) {
  const std::size_t known = forms_.size();
  inputs_.clear();
  out.clear();
  for (const std::string_view form : forms) {
    const auto found = numbers_.find(form);
    out.push_back(found == numbers_.end() ? Add(form) : found->second);
  }
  EncodeNew(known);
}

std::uint32_t FormCache::Add(std::string_view form) {
  const auto number = static_cast<std::uint32_t>(forms_.size());
  numbers_.emplace(forms_.emplace_back(form), number);
  const FormFeatures features = reader_.Read(form);
  capital_.push_back(features.capital);
  inputs_.resize(inputs_.size() + kFormColumns);
  encoder_->Gather(features, inputs_.data() + inputs_.size() - kFormColumns);
  return number;
}

void FormCache::EncodeNew(std::size_t known) {
  const std::size_t width = encoder_->width();
  states_.resize(forms_.size() * width);
  encoder_->Encode(inputs_.data(), forms_.size() - known, runner_, states_.data() + known * width);
}

void FormCache::Trim() {
  if (forms_.size() <= kKept) return;
  numbers_.clear();
  forms_.clear();
  capital_.clear();
  states_.clear();
}

}  // namespace dateline::model
