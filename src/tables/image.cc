// An image is a header, nine sections and nothing else. All strings lie in the last section, the
// pool, each once, with its length in front; a cell is the offset of its string. Two hash indices
// with linear probing lie beside the cells:
//
//   keys      hash of the key cells -> row
//   phrases   hash of the first token -> the lengths of the phrases that begin with it, and
//             hash of the whole token sequence -> phrase -> rows
//
// So a token that begins no phrase costs one probe, and one that does costs one probe for each
// length that occurs. Slots are half empty at least, which ends every probe.
#include "tables/image.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "tables/phrase_hash.h"
#include "tables/tables.h"

namespace dateline::tables {
namespace {

static_assert(std::endian::native == std::endian::little, "compiled tables are little-endian");

enum SectionId : std::uint8_t {
  kColumns,
  kKeyColumns,
  kCells,
  kKeySlots,
  kFirstSlots,
  kPhraseSlots,
  kPhrases,
  kPhraseRows,
  kPool,
  kSectionCount,
};

struct Section {
  std::uint32_t offset = 0;  ///< from the start of the image
  std::uint32_t count = 0;   ///< of elements
};

struct ImageHeader {
  std::uint32_t name = 0;
  std::uint32_t directives = 0;
  std::uint32_t rows = 0;
  std::uint32_t zero = 0;
  std::array<Section, kSectionCount> sections{};
};
static_assert(sizeof(ImageHeader) == 88 && sizeof(Slot) == 8 && sizeof(Phrase) == 12);

std::uint32_t UpperHalf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

/// Half empty at least, a power of two; 0 for no entries.
std::size_t SlotCount(std::size_t entries) { return entries == 0 ? 0 : std::bit_ceil(entries * 2); }

/// Key cells are joined by a tab, which no cell holds.
class KeyHasher {
 public:
  KeyHasher() { XXH3_64bits_reset(&state_); }
  void Add(std::string_view cell) {
    XXH3_64bits_update(&state_, cell.data(), cell.size());
    XXH3_64bits_update(&state_, "\t", 1);
  }
  [[nodiscard]] std::uint64_t Hash() const { return XXH3_64bits_digest(&state_); }

 private:
  XXH3_state_t state_;
};

/// Strings, each once: u32 length and bytes. Offset 0 is the empty string.
class Pool {
 public:
  explicit Pool(std::size_t expected) {
    offsets_.reserve(expected);
    Add("");
  }
  /// REQUIRES: `text` stays where it is as long as the pool.
  std::uint32_t Add(std::string_view text) {
    const auto [known, added] = offsets_.emplace(text, static_cast<std::uint32_t>(bytes_.size()));
    if (added) {
      const auto length = static_cast<std::uint32_t>(text.size());
      std::array<char, sizeof length> prefix{};
      std::memcpy(prefix.data(), &length, sizeof length);
      bytes_.append(prefix.data(), prefix.size()).append(text);
    }
    return known->second;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string_view, std::uint32_t> offsets_;
};

void InsertSlot(std::vector<Slot>& slots, std::uint64_t hash, std::uint32_t value) {
  const std::size_t mask = slots.size() - 1;
  std::size_t at = hash & mask;
  while (slots[at].value != 0) at = (at + 1) & mask;
  slots[at] = {UpperHalf(hash), value};
}

/// A phrase as one row names it.
struct PhraseUse {
  std::string joined;  ///< folded tokens with one ' ' between them
  std::uint32_t row = 0;
  std::uint32_t tokens = 0;
  std::uint64_t first = 0;  ///< HashToken of the first token
  std::uint64_t hash = 0;   ///< of all tokens
};

PhraseUse MakeUse(std::string_view phrase, std::size_t row) {
  PhraseUse use{.joined = {}, .row = static_cast<std::uint32_t>(row)};
  for (const std::string& token : FoldPhrase(phrase)) {
    const std::uint64_t token_hash = HashToken(token);
    if (use.tokens == 0) use.first = token_hash;
    if (use.tokens > 0) use.joined += ' ';
    use.joined += token;
    use.hash = ExtendHash(use.hash, token_hash);
    ++use.tokens;
  }
  return use;
}

/// Sorted, so that the same tables give the same bytes; each phrase once a row.
std::vector<PhraseUse> CollectPhrases(const Sheet& sheet, const Schema& schema) {
  std::vector<PhraseUse> uses;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    for (const std::size_t column : schema.phrases) {
      for (const std::string_view value : Values(sheet.Cell(row, column))) {
        PhraseUse use = MakeUse(value, row);
        if (use.tokens > 0) uses.push_back(std::move(use));
      }
    }
  }
  const auto place = [](const PhraseUse& use) { return std::tie(use.joined, use.row); };
  std::ranges::sort(uses, {}, place);
  const auto again = std::ranges::unique(uses, {}, place);
  uses.erase(again.begin(), again.end());
  return uses;
}

std::string JoinDirectives(const Sheet& sheet) {
  std::string lines;
  for (const Directive& directive : sheet.directives) lines.append(directive.text).append("\n");
  return lines;
}

class ImageMaker {
 public:
  ImageMaker(const Sheet& sheet, const Schema& schema)
      : sheet_(sheet),
        schema_(schema),
        directives_(JoinDirectives(sheet)),
        uses_(CollectPhrases(sheet, schema)),
        pool_((sheet.cells.size() / 2) + uses_.size()) {}

  Result<std::string> Make() && {
    header_.name = pool_.Add(sheet_.name);
    header_.directives = pool_.Add(directives_);
    header_.rows = static_cast<std::uint32_t>(sheet_.row_count());
    for (const std::string_view column : sheet_.columns) columns_.push_back(pool_.Add(column));
    for (const std::size_t column : schema_.key)
      key_columns_.push_back(static_cast<std::uint32_t>(column));
    cells_.reserve(sheet_.cells.size());
    for (const std::string_view cell : sheet_.cells) cells_.push_back(pool_.Add(cell));
    IndexKeys();
    IndexPhrases();
    return Write();
  }

 private:
  void IndexKeys() {
    if (schema_.key.empty()) return;
    key_slots_.resize(SlotCount(sheet_.row_count()));
    for (std::size_t row = 0; row < sheet_.row_count(); ++row) {
      KeyHasher hasher;
      for (const std::size_t column : schema_.key) hasher.Add(sheet_.Cell(row, column));
      const std::size_t mask = key_slots_.size() - 1;
      std::size_t at = hasher.Hash() & mask;
      while (key_slots_[at] != 0) at = (at + 1) & mask;
      key_slots_[at] = static_cast<std::uint32_t>(row + 1);
    }
  }

  void IndexPhrases() {
    std::map<std::uint64_t, std::uint32_t> lengths;
    const PhraseUse* last = nullptr;
    std::vector<std::uint64_t> hashes;
    for (const PhraseUse& use : uses_) {
      if (last == nullptr || last->joined != use.joined) {
        phrases_.push_back(
            {pool_.Add(use.joined), static_cast<std::uint32_t>(phrase_rows_.size()), 0});
        hashes.push_back(use.hash);
        lengths[use.first] |= 1U << (use.tokens - 1);
      }
      ++phrases_.back().row_count;
      phrase_rows_.push_back(use.row);
      last = &use;
    }
    phrase_slots_.resize(SlotCount(phrases_.size()));
    for (std::uint32_t i = 0; i < hashes.size(); ++i) InsertSlot(phrase_slots_, hashes[i], i + 1);
    first_slots_.resize(SlotCount(lengths.size()));
    for (const auto& [hash, mask] : lengths) InsertSlot(first_slots_, hash, mask);
  }

  template <typename Element>
  void Append(SectionId id, std::span<const Element> elements) {
    static_assert(std::is_trivially_copyable_v<Element>);
    out_.resize((out_.size() + kImageAlignment - 1) / kImageAlignment * kImageAlignment);
    header_.sections[id] = {static_cast<std::uint32_t>(out_.size()),
                            static_cast<std::uint32_t>(elements.size())};
    out_.append(reinterpret_cast<const char*>(elements.data()), elements.size_bytes());
  }

  Result<std::string> Write() {
    out_.resize(sizeof(ImageHeader));
    Append<std::uint32_t>(kColumns, columns_);
    Append<std::uint32_t>(kKeyColumns, key_columns_);
    Append<std::uint32_t>(kCells, cells_);
    Append<std::uint32_t>(kKeySlots, key_slots_);
    Append<Slot>(kFirstSlots, first_slots_);
    Append<Slot>(kPhraseSlots, phrase_slots_);
    Append<Phrase>(kPhrases, phrases_);
    Append<std::uint32_t>(kPhraseRows, phrase_rows_);
    Append<char>(kPool, pool_.bytes());
    if (out_.size() > std::numeric_limits<std::uint32_t>::max()) {
      return Fail(ErrorCode::kTooLarge, "table outgrows 4 GiB; split it", sheet_.file);
    }
    std::memcpy(out_.data(), &header_, sizeof header_);
    return std::move(out_);
  }

  const Sheet& sheet_;
  const Schema& schema_;
  const std::string directives_;
  const std::vector<PhraseUse> uses_;
  Pool pool_;
  ImageHeader header_;
  std::vector<std::uint32_t> columns_;
  std::vector<std::uint32_t> key_columns_;
  std::vector<std::uint32_t> cells_;
  std::vector<std::uint32_t> key_slots_;
  std::vector<Slot> first_slots_;
  std::vector<Slot> phrase_slots_;
  std::vector<Phrase> phrases_;
  std::vector<std::uint32_t> phrase_rows_;
  std::string out_;
};

/// A section as a span of its elements, or a fault.
class SectionReader {
 public:
  SectionReader(std::string_view bytes, const ImageHeader& header)
      : bytes_(bytes), header_(header) {}

  template <typename Element>
  std::span<const Element> Take(SectionId id) {
    const Section section = header_.sections[id];
    const std::uint64_t end = section.offset + (std::uint64_t{section.count} * sizeof(Element));
    if (section.offset % alignof(Element) != 0 || end > bytes_.size()) {
      sound_ = false;
      return {};
    }
    return {reinterpret_cast<const Element*>(bytes_.data() + section.offset), section.count};
  }
  /// As Take, of an index: its size is 0 or a power of two.
  template <typename Element>
  std::span<const Element> TakeSlots(SectionId id) {
    const auto slots = Take<Element>(id);
    sound_ = sound_ && (slots.empty() || std::has_single_bit(slots.size()));
    return slots;
  }
  [[nodiscard]] bool sound() const { return sound_; }

 private:
  std::string_view bytes_;
  const ImageHeader& header_;
  bool sound_ = true;
};

bool AllBelow(std::span<const std::uint32_t> numbers, std::uint32_t limit) {
  std::uint32_t largest = 0;
  for (const std::uint32_t number : numbers) largest = std::max(largest, number);
  return numbers.empty() || largest < limit;
}

/// True when `joined` is the tokens with one ' ' between them.
bool IsJoined(std::string_view joined, std::span<const std::string_view> tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && !joined.starts_with(' ')) return false;
    if (i > 0) joined.remove_prefix(1);
    if (!joined.starts_with(tokens[i])) return false;
    joined.remove_prefix(tokens[i].size());
  }
  return joined.empty();
}

}  // namespace

Result<std::string> MakeImage(const Sheet& sheet, const Schema& schema) {
  return ImageMaker(sheet, schema).Make();
}

Result<Image> Image::Open(std::string_view bytes) {
  const auto malformed = [] {
    return Fail(ErrorCode::kMalformed, "compiled table is damaged; compile the tables again");
  };
  if (bytes.size() < sizeof(ImageHeader) ||
      reinterpret_cast<std::uintptr_t>(bytes.data()) % kImageAlignment != 0) {
    return malformed();
  }
  ImageHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  SectionReader reader(bytes, header);
  Image image;
  image.name_ = header.name;
  image.directives_ = header.directives;
  image.rows_ = header.rows;
  image.columns_ = reader.Take<std::uint32_t>(kColumns);
  image.key_columns_ = reader.Take<std::uint32_t>(kKeyColumns);
  image.cells_ = reader.Take<std::uint32_t>(kCells);
  image.key_slots_ = reader.TakeSlots<std::uint32_t>(kKeySlots);
  image.first_slots_ = reader.TakeSlots<Slot>(kFirstSlots);
  image.phrase_slots_ = reader.TakeSlots<Slot>(kPhraseSlots);
  image.phrases_ = reader.Take<Phrase>(kPhrases);
  image.phrase_rows_ = reader.Take<std::uint32_t>(kPhraseRows);
  const auto pool = reader.Take<char>(kPool);
  image.pool_ = {pool.data(), pool.size()};
  const std::uint64_t cells = std::uint64_t{header.rows} * image.columns_.size();
  if (!reader.sound() || header.zero != 0 || image.columns_.empty() ||
      cells != image.cells_.size() || !AllBelow(image.phrase_rows_, header.rows)) {
    return malformed();
  }
  return image;
}

std::string_view Image::String(std::uint32_t offset) const {
  std::uint32_t length = 0;
  if (pool_.size() < sizeof length || offset > pool_.size() - sizeof length) return {};
  std::memcpy(&length, pool_.data() + offset, sizeof length);
  const std::size_t begin = offset + sizeof length;
  return length <= pool_.size() - begin ? pool_.substr(begin, length) : std::string_view();
}

std::string_view Image::Cell(std::uint32_t row, std::uint32_t column) const {
  if (row >= rows_ || column >= columns_.size()) return {};
  return String(cells_[(std::size_t{row} * columns_.size()) + column]);
}

std::optional<std::uint32_t> Image::FindRow(std::span<const std::string_view> key) const {
  if (key.size() != key_columns_.size() || key_slots_.empty()) return std::nullopt;
  KeyHasher hasher;
  for (const std::string_view cell : key) hasher.Add(cell);
  const std::size_t mask = key_slots_.size() - 1;
  std::size_t at = hasher.Hash() & mask;
  for (std::size_t probes = 0; probes <= mask && key_slots_[at] != 0; ++probes) {
    const std::uint32_t row = key_slots_[at] - 1;
    const auto same = [&](std::uint32_t column, std::string_view cell) {
      return Cell(row, column) == cell;
    };
    if (row < rows_ && std::ranges::equal(key_columns_, key, same)) return row;
    at = (at + 1) & mask;
  }
  return std::nullopt;
}

std::uint32_t Image::PhraseLengths(std::uint64_t token_hash) const {
  if (first_slots_.empty()) return 0;
  const std::size_t mask = first_slots_.size() - 1;
  std::size_t at = token_hash & mask;
  for (std::size_t probes = 0; probes <= mask && first_slots_[at].value != 0; ++probes) {
    if (first_slots_[at].hash == UpperHalf(token_hash)) return first_slots_[at].value;
    at = (at + 1) & mask;
  }
  return 0;
}

std::span<const std::uint32_t> Image::FindPhrase(std::uint64_t hash,
                                                 std::span<const std::string_view> tokens) const {
  if (phrase_slots_.empty()) return {};
  const std::size_t mask = phrase_slots_.size() - 1;
  std::size_t at = hash & mask;
  for (std::size_t probes = 0; probes <= mask && phrase_slots_[at].value != 0; ++probes) {
    const Slot slot = phrase_slots_[at];
    at = (at + 1) & mask;
    if (slot.hash != UpperHalf(hash) || slot.value > phrases_.size()) continue;
    const Phrase phrase = phrases_[slot.value - 1];
    if (!IsJoined(String(phrase.text), tokens)) continue;
    if (phrase.first_row > phrase_rows_.size() ||
        phrase.row_count > phrase_rows_.size() - phrase.first_row) {
      return {};
    }
    return phrase_rows_.subspan(phrase.first_row, phrase.row_count);
  }
  return {};
}

}  // namespace dateline::tables
