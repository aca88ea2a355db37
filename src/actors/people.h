/// One name for each person of the tables of office holders, where a person has a row for each
/// office and may stand under several spellings.
///
///   People people;
///   people.Add("SRB", "Aleksandar Vucic", "Vucic|Aleksandar Vučić");
///   people.Add("SRB", "Aleksandar Vučić", "");
///   people.Settle();
///   people.KnownAs("SRB", "Aleksandar Vucic");  // "Aleksandar Vučić"
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dateline::actors {

/// Rows of one country are of one person where they share a name of several words. Of the spellings
/// the longest is taken. Views of the cells, which must outlive it; immutable after Settle.
class People {
 public:
  /// `variants`: other names, "|" between them.
  void Add(std::string_view country, std::string_view name, std::string_view variants);
  void Settle();
  /// Of a row that was added. Empty where it has only names of one word: these many share.
  [[nodiscard]] std::string_view KnownAs(std::string_view country, std::string_view name) const;

 private:
  struct Person {
    std::string_view name{};
    std::uint32_t first = 0;  ///< the first one that it is the same as; itself: there is none
    std::string_view known_as{};
  };
  [[nodiscard]] std::uint32_t FirstOf(std::uint32_t person) const;
  void Unite(std::uint32_t one, std::uint32_t other);

  std::vector<Person> people_;
  std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> rows_;
  std::unordered_map<std::string, std::uint32_t> names_;  ///< country and folded name
};

}  // namespace dateline::actors
