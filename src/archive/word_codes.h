/// Text as a row of codes for words, short because an archive's words come again and again, and
/// made so that a query in plain SQL can put the text together again (docs/schema.md, `texts`).
///
/// A word with the space before it is a code of one byte (00 to 5F), two (60 to DF first) or three
/// (E0 to FE first), the key of a row of `words`; FF, a length of 1 to 127 and that many bytes stand
/// for themselves. Codes are given out as words come and never again taken back; a word that turns
/// out to be frequent gets a shorter one beside its first.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "archive/sqlite.h"
#include "dateline/result.h"

namespace dateline::archive {

/// Where the word that begins at `at` ends. REQUIRES: at < text.size(). Never within a character of
/// valid UTF-8, and at most 127 bytes on.
std::size_t EndOfWord(std::string_view text, std::size_t at);

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

/// Belongs to one connection. Failures are the database's.
class WordCodes {
 public:
  explicit WordCodes(Database& database);

  /// Gives the shortest codes to the words that these texts use most. To be called once, when there
  /// are some hundred stories to learn from.
  void Learn(const std::vector<std::string>& texts);
  /// Whether that has been done in this archive.
  bool learned();

  /// REQUIRES: inside a transaction for writing, as new words may be added.
  std::string Encode(std::string_view text);
  /// kMalformed for what Encode has not made with this archive's words.
  Result<std::string> Decode(std::string_view codes);

  /// To be called when rows may have been given back.
  void Forget();

 private:
  using Number = std::uint32_t;

  void LoadAll();
  std::optional<Number> Add(std::string_view word, Number& next, Number end);
  std::optional<Number> CodeOf(std::string_view word);
  bool IsWorthARow(std::string_view word);
  const std::string* WordOf(std::string_view code);

  Database& database_;
  Statement all_;
  Statement insert_;
  Statement find_;
  bool loaded_ = false;
  Number next_short_ = 0;
  Number next_ = 0;
  std::unordered_map<std::string, Number, TextHash, std::equal_to<>> codes_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> seen_;  ///< once, and no code yet
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> words_;  ///< by code
};

}  // namespace dateline::archive
