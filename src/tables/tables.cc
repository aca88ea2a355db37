#include "tables/tables.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/mapped_file.h"
#include "tables/container.h"
#include "tables/folder.h"
#include "tables/image.h"
#include "tables/overlay.h"
#include "tables/phrase_hash.h"

namespace dateline::tables {

struct Table::View {
  Image image;
  std::vector<std::string_view> columns;
  std::shared_ptr<const std::string>
      bytes;  ///< of an overlay; null: the image lies in the mapped file

  explicit View(const Image& from) : image(from) {
    for (std::uint32_t column = 0; column < image.column_count(); ++column) {
      columns.push_back(image.ColumnName(column));
    }
  }
};

namespace {

/// The longest of the phrases whose lengths `mask` tells, given the running hashes of the prefixes.
std::optional<PhraseMatch> LongestPhrase(const Image& image, std::uint32_t mask,
                                         std::span<const std::string_view> words,
                                         std::span<const std::uint64_t> prefix_hashes) {
  while (mask != 0) {
    const auto length = static_cast<std::uint32_t>(std::bit_width(mask));
    mask &= ~(1U << (length - 1));
    const auto rows = image.FindPhrase(prefix_hashes[length - 1], words.first(length));
    if (!rows.empty()) return PhraseMatch{.length = length, .rows = rows};
  }
  return std::nullopt;
}

/// `hash_of(i)` is the hash of word i.
std::optional<PhraseMatch> Match(const Image& image, std::span<const std::string_view> words,
                                 const auto& hash_of) {
  if (words.empty()) return std::nullopt;
  std::uint32_t mask = image.PhraseLengths(hash_of(0));
  if (words.size() < kMaxPhraseTokens) mask &= (1U << words.size()) - 1;
  if (mask == 0) return std::nullopt;
  std::array<std::uint64_t, kMaxPhraseTokens> hashes{};
  std::uint64_t hash = 0;
  const auto longest = static_cast<std::size_t>(std::bit_width(mask));
  for (std::size_t i = 0; i < longest; ++i) hashes[i] = hash = ExtendHash(hash, hash_of(i));
  return LongestPhrase(image, mask, words, hashes);
}

}  // namespace

std::string_view Table::name() const { return view_->image.name(); }
std::uint32_t Table::row_count() const { return view_->image.row_count(); }
std::span<const std::string_view> Table::column_names() const { return view_->columns; }

Result<Column> Table::GetColumn(std::string_view column) const {
  const auto found = std::ranges::find(view_->columns, column);
  if (found != view_->columns.end()) {
    return static_cast<Column>(found - view_->columns.begin());
  }
  return Fail(ErrorCode::kMalformed,
              fmt::format("has no column '{}'; its columns are {}", column,
                          fmt::join(view_->columns, ", ")),
              fmt::format("table {}", name()));
}

std::string_view Table::Cell(std::uint32_t row, Column column) const {
  return view_->image.Cell(row, static_cast<std::uint32_t>(column));
}

std::optional<std::uint32_t> Table::FindRow(std::span<const std::string_view> key) const {
  return view_->image.FindRow(key);
}

std::optional<PhraseMatch> Table::MatchPhrase(
    std::span<const std::string_view> folded_tokens) const {
  return Match(view_->image, folded_tokens,
               [&](std::size_t i) { return HashToken(folded_tokens[i]); });
}

std::optional<PhraseMatch> Table::MatchPhrase(const FoldedTokens& tokens, std::size_t first,
                                              std::size_t end) const {
  return Match(view_->image, tokens.words().subspan(first, end - first),
               [&](std::size_t i) { return tokens.hashes()[first + i]; });
}

struct Tables::Impl {
  base::MappedFile file;
  std::vector<Table> tables;  ///< sorted by name
  std::uint64_t fingerprint = 0;
};

Result<Tables> Tables::Load(const std::filesystem::path& compiled,
                            std::span<const std::filesystem::path> overlays) {
  Tables loaded;
  const auto impl = std::make_shared<Impl>();
  loaded.impl_ = impl;
  DATELINE_TRY(impl->file, base::MappedFile::Open(compiled));
  if (auto opened = OpenCompiled(*impl); !opened) {
    opened.error().where = compiled.string();
    return std::unexpected(std::move(opened).error());
  }
  for (const auto& folder : overlays) {
    if (auto laid = LayOver(*impl, folder); !laid) return std::unexpected(std::move(laid).error());
  }
  return loaded;
}

Result<void> Tables::OpenCompiled(Impl& impl) {
  DATELINE_TRY(const Container container, OpenContainer(impl.file.view()));
  impl.fingerprint = container.checksum;
  for (const std::string_view bytes : container.images) {
    DATELINE_TRY(const Image image, Image::Open(bytes));
    impl.tables.emplace_back().view_ = std::make_shared<Table::View>(image);
  }
  if (!std::ranges::is_sorted(impl.tables, {}, &Table::name)) {
    return Fail(ErrorCode::kMalformed, "lists its tables out of order; compile the tables again");
  }
  return {};
}

Result<void> Tables::LayOver(Impl& impl, const std::filesystem::path& folder) {
  const auto find = [&](std::string_view name) -> const Image* {
    const auto at = std::ranges::lower_bound(impl.tables, name, {}, &Table::name);
    return at != impl.tables.end() && at->name() == name ? &at->view_->image : nullptr;
  };
  DATELINE_TRY(const std::vector<TableFile> files, ReadTableFiles(folder));
  DATELINE_TRY(std::vector<std::string> images, MakeOverlay(files, find));
  for (const TableFile& file : files) {
    impl.fingerprint = XXH3_64bits_withSeed(file.name.data(), file.name.size(), impl.fingerprint);
    const std::string_view text = file.text.view();
    impl.fingerprint = XXH3_64bits_withSeed(text.data(), text.size(), impl.fingerprint);
  }
  for (std::string& image : images) {
    if (auto put = PutTable(impl, std::move(image)); !put) return put;
  }
  return {};
}

Result<void> Tables::PutTable(Impl& impl, std::string image_bytes) {
  auto bytes = std::make_shared<const std::string>(std::move(image_bytes));
  DATELINE_TRY(const Image image, Image::Open(*bytes));
  auto view = std::make_shared<Table::View>(image);
  view->bytes = std::move(bytes);
  Table table;
  table.view_ = std::move(view);
  const auto at = std::ranges::lower_bound(impl.tables, table.name(), {}, &Table::name);
  if (at != impl.tables.end() && at->name() == table.name()) {
    *at = std::move(table);
  } else {
    impl.tables.insert(at, std::move(table));
  }
  return {};
}

const Table* Tables::Find(std::string_view name) const {
  const auto at = std::ranges::lower_bound(impl_->tables, name, {}, &Table::name);
  return at != impl_->tables.end() && at->name() == name ? &*at : nullptr;
}

Result<const Table*> Tables::Get(std::string_view name) const {
  if (const Table* table = Find(name)) return table;
  return Fail(ErrorCode::kNotFound, fmt::format("no table '{}'; add data/{}.tsv", name, name));
}

std::string Tables::Fingerprint() const { return fmt::format("{:016x}", impl_->fingerprint); }

}  // namespace dateline::tables
