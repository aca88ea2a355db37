/// From a word form to what the model's first layer reads: rows of hashed tables, and keys.
///
/// The twin of train/features.py, which is the specification; `kFingerprint` names the version of
/// both. Everything is a function of the form alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dateline::model {

inline constexpr std::string_view kFingerprint = "5da4c80c93442670";

/// A hashed table of vectors; its name in the file is "table." + name.
struct FeatureTable {
  std::string_view name;
  std::size_t rows;
  std::size_t columns;
};
inline constexpr std::array<FeatureTable, 6> kFeatureTables{{{"word", 16384, 64},
                                                             {"prefix3", 4096, 32},
                                                             {"suffix2", 1024, 16},
                                                             {"suffix3", 8192, 48},
                                                             {"suffix4", 8192, 32},
                                                             {"shape", 2048, 32}}};
inline constexpr std::size_t kVectorColumns = 64;
inline constexpr std::size_t kLexiconColumns = 32;
/// Columns of all tables, word vector and lexicon: the inputs of the first layer.
inline constexpr std::size_t kFormColumns = 320;

/// Simple lower case by the table in the model file. Does not own it.
class LowerCase {
 public:
  LowerCase() = default;
  /// `pairs` (code point, its lower case) sorted by code point, one after the other.
  explicit LowerCase(std::span<const std::uint32_t> pairs) : pairs_(pairs) {}
  /// `c` itself when it has none.
  [[nodiscard]] char32_t operator()(char32_t c) const;
  [[nodiscard]] bool Has(char32_t c) const { return (*this)(c) != c; }

 private:
  std::span<const std::uint32_t> pairs_;
};

struct FormFeatures {
  std::array<std::uint32_t, kFeatureTables.size() + 1>
      rows{};  ///< two of "word", one of each other
  std::uint64_t vector_key = 0;
  std::uint64_t lexicon_key = 0;
  bool capital = false;  ///< begins with a letter that has a lower case
};

/// Computes features; reuses its buffers. Belongs to one thread.
class FeatureReader {
 public:
  explicit FeatureReader(LowerCase lower) : lower_(lower) {}
  /// REQUIRES: `form` is valid UTF-8.
  FormFeatures Read(std::string_view form);

 private:
  LowerCase lower_;
  std::u32string norm_{};
  std::u32string low_{};
};

/// A form with quotation marks and apostrophes of all kinds made ' and ", two ' made ".
std::u32string NormaliseForm(std::string_view form);

}  // namespace dateline::model
