#include "archive/word_codes.h"

#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "base/ascii.h"

namespace dateline::archive {
namespace {

// Numbers of codes: first those of one byte, then of two, then of three.
constexpr std::uint32_t kShort = 0x60;
constexpr std::uint32_t kMiddle = kShort + 0x80 * 0x100;
constexpr std::uint32_t kAll = 600000;  // what a writer holds in memory is bounded by this
constexpr std::uint8_t kFirstMiddle = 0x60;
constexpr std::uint8_t kFirstLong = 0xE0;
constexpr std::uint8_t kVerbatim = 0xFF;
constexpr std::size_t kLongestWord = 100;
constexpr std::size_t kEveryWord = 20000;  // up to so many words, each gets a code at first sight
constexpr std::size_t kFirstSlots = 1U << 12U;
constexpr std::uint32_t kCodeBits = 0xFFFFFF;
constexpr std::size_t kMostSeen = 1U << 18U;

std::uint32_t UpperHalf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

bool IsInner(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string BytesOf(std::uint32_t number) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value & 0xFFU); };
  if (number < kShort) return {byte(number)};
  if (number < kMiddle) {
    const std::uint32_t rest = number - kShort;
    return {byte(kFirstMiddle + (rest >> 8U)), byte(rest)};
  }
  const std::uint32_t rest = number - kMiddle;
  return {byte(kFirstLong + (rest >> 16U)), byte(rest >> 8U), byte(rest)};
}

std::uint32_t NumberOf(std::string_view code) {
  const auto byte = [&](std::size_t at) {
    return std::uint32_t{static_cast<std::uint8_t>(code[at])};
  };
  if (code.size() == 1) return byte(0);
  if (code.size() == 2) return kShort + ((byte(0) - kFirstMiddle) << 8U) + byte(1);
  return kMiddle + ((byte(0) - kFirstLong) << 16U) + (byte(1) << 8U) + byte(2);
}

std::size_t SizeOfCode(std::uint8_t first) {
  if (first < kFirstMiddle) return 1;
  return first < kFirstLong ? 2 : 3;
}

}  // namespace

std::size_t EndOfWord(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (text[end] == ' ') ++end;
  if (end == text.size() || text[end] == ' ') return end;
  const bool word = base::IsWordByte(text[end]);
  const std::size_t most = std::min(text.size(), at + kLongestWord);
  while (end < most && text[end] != ' ' && base::IsWordByte(text[end]) == word) ++end;
  while (end < text.size() && IsInner(text[end]) && end < most + 3) ++end;
  return end;
}

std::vector<CutWord> CutWords(std::string_view text) {
  std::vector<CutWord> words;
  words.reserve(text.size() / 5);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = EndOfWord(text, at);
    words.push_back({static_cast<std::uint32_t>(end), XXH3_64bits(text.data() + at, end - at)});
    at = end;
  }
  return words;
}

WordCodes::WordCodes(Database& database)
    : all_(database, "SELECT code, text FROM words"),
      insert_(database, "INSERT INTO words VALUES(?, ?)"),
      find_(database, "SELECT text FROM words WHERE code = ?") {}

void WordCodes::Forget() {
  loaded_ = false;
  slots_.clear();
  known_.clear();
  pool_.clear();
  by_code_.clear();
  seen_.clear();
}

void WordCodes::LoadAll() {
  if (loaded_) return;
  Forget();
  loaded_ = true;
  next_short_ = 0;
  next_ = kShort;
  Grow();
  all_.Start();
  while (all_.Step()) {
    const std::string_view code = all_.Bytes(0);
    if (code.empty() || code.size() > 3) continue;
    const Number number = NumberOf(code);
    Number& next = number < kShort ? next_short_ : next_;
    next = std::max(next, number + 1);
    Put(all_.Text(1), number);
  }
  all_.Reset();
}

/// Twice the places, or the first.
void WordCodes::Grow() {
  std::vector<Slot> old(std::max(kFirstSlots, slots_.size() * 2), Slot{0, kNoWord, 0, 0, 0});
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.word == kNoWord) continue;
    const std::string_view word = TextOf(known_[slot.word]);
    SlotOf(word, XXH3_64bits(word.data(), word.size())) = slot;
  }
}

WordCodes::Slot& WordCodes::SlotOf(std::string_view word, std::uint64_t hash) {
  const std::uint32_t upper = UpperHalf(hash);
  std::size_t at = FirstPlace(hash);
  while (slots_[at].word != kNoWord &&
         (slots_[at].hash != upper || TextOf({slots_[at].begin, slots_[at].size}) != word)) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return slots_[at];
}

void WordCodes::Prefetch(std::uint64_t hash) const {
  __builtin_prefetch(&slots_[FirstPlace(hash)]);
}

/// To be called when what Prefetch asked for has come.
void WordCodes::PrefetchWord(std::uint64_t hash) const {
  const Slot& slot = slots_[FirstPlace(hash)];
  if (slot.word != kNoWord) __builtin_prefetch(pool_.data() + slot.begin);
}

/// Of two codes of a word the shorter is used.
void WordCodes::Put(std::string_view word, Number code) {
  if (known_.size() * 2 >= slots_.size()) Grow();
  const std::uint64_t hash = XXH3_64bits(word.data(), word.size());
  Slot& slot = SlotOf(word, hash);
  if (slot.word == kNoWord) {
    const std::uint32_t known = Remember(word);
    slot = {UpperHalf(hash), known, known_[known].begin, code & kCodeBits,
            known_[known].size & 0xFFU};
  }
  if (code < slot.code) slot.code = code & kCodeBits;
  Place(code, slot.word);
}

std::uint32_t WordCodes::Remember(std::string_view word) {
  known_.push_back(
      {static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(word.size())});
  pool_ += word;
  return static_cast<std::uint32_t>(known_.size() - 1);
}

void WordCodes::Place(Number code, std::uint32_t word) {
  if (by_code_.size() <= code) by_code_.resize(code + 1, kNoWord);
  by_code_[code] = word;
}

bool WordCodes::learned() {
  LoadAll();
  return next_short_ > 0;
}

/// REQUIRES: `word` does not lie in `pool_`.
WordCodes::Number WordCodes::Add(std::string_view word, Number& next) {
  const Number number = next++;
  const std::string code = BytesOf(number);
  insert_.Run(Blob{code}, word);
  Put(word, number);
  return number;
}

void WordCodes::Learn(const std::vector<std::string>& texts) {
  LoadAll();
  std::unordered_map<std::string_view, std::size_t> counts;
  for (const std::string& text : texts) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = EndOfWord(text, at);
      ++counts[std::string_view(text).substr(at, end - at)];
      at = end;
    }
  }
  std::vector<std::pair<std::size_t, std::string_view>> order;
  order.reserve(counts.size());
  for (const auto& [word, count] : counts) order.emplace_back(count, word);
  std::ranges::sort(order, [](const auto& one, const auto& other) {
    return one.first != other.first ? one.first > other.first : one.second < other.second;
  });
  for (const auto& [count, word] : order) {
    if (next_short_ < kShort) {
      Add(word, next_short_);
    } else if (count > 1 && next_ < kAll &&
               SlotOf(word, XXH3_64bits(word.data(), word.size())).word == kNoWord) {
      Add(word, next_);
    }
  }
}

/// Words that come once in all their days are cheaper where they stand.
bool WordCodes::IsWorthARow(std::string_view word, std::uint64_t hash) {
  if (next_ >= kAll) return false;
  if (known_.size() < kEveryWord && base::IsLetter(word.back())) return true;
  if (seen_.erase(hash) > 0) return true;
  if (seen_.size() >= kMostSeen) seen_.clear();
  seen_.insert(hash);
  return false;
}

std::optional<WordCodes::Number> WordCodes::CodeOf(std::string_view word, std::uint64_t hash) {
  if (const Slot& slot = SlotOf(word, hash); slot.word != kNoWord) return slot.code;
  if (!IsWorthARow(word, hash)) return std::nullopt;
  return Add(word, next_);
}

std::string WordCodes::Encode(std::string_view text, const std::vector<CutWord>& words) {
  LoadAll();
  std::string codes;
  codes.reserve(text.size() / 3 + 16);
  constexpr std::size_t kAhead = 6;
  std::size_t at = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 2 * kAhead < words.size()) Prefetch(words[i + 2 * kAhead].hash);
    if (i + kAhead < words.size()) PrefetchWord(words[i + kAhead].hash);
    const auto& [end, hash] = words[i];
    const std::string_view word = text.substr(at, end - at);
    if (const auto code = CodeOf(word, hash)) {
      codes += BytesOf(*code);
    } else {
      codes += static_cast<char>(kVerbatim);
      codes += static_cast<char>(word.size());
      codes += word;
    }
    at = end;
  }
  return codes;
}

std::optional<std::string_view> WordCodes::WordOf(std::string_view code) {
  const Number number = NumberOf(code);
  if (number < by_code_.size() && by_code_[number] != kNoWord) {
    return TextOf(known_[by_code_[number]]);
  }
  // Not read yet; or, of a writer, added by another program since.
  find_.Start(Blob{code});
  const bool found = find_.Step();
  if (found) Place(number, Remember(find_.Text(0)));
  find_.Reset();
  if (!found) return std::nullopt;
  return TextOf(known_.back());
}

Result<std::string> WordCodes::Decode(std::string_view codes) {
  const auto damaged = [] {
    return Fail(ErrorCode::kMalformed, "what is stored of its text is damaged: no such word");
  };
  std::string text;
  text.reserve(codes.size() * 4);
  for (std::size_t at = 0; at < codes.size();) {
    const auto first = static_cast<std::uint8_t>(codes[at]);
    if (first == kVerbatim) {
      if (at + 1 == codes.size()) return damaged();
      const std::size_t size = static_cast<std::uint8_t>(codes[at + 1]);
      if (size == 0 || size > 127 || codes.size() - at - 2 < size) return damaged();
      text += codes.substr(at + 2, size);
      at += 2 + size;
      continue;
    }
    const std::size_t size = SizeOfCode(first);
    if (codes.size() - at < size) return damaged();
    const auto word = WordOf(codes.substr(at, size));
    if (!word) return damaged();
    text += *word;
    at += size;
  }
  return text;
}

}  // namespace dateline::archive
