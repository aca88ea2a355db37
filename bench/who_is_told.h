/// Generated stories about generated people and bodies, for measuring identities: whom each name
/// means is known.
///
/// People of twenty countries share surnames; one in seven is a namesake of another, mostly of
/// another country, else of another sector. Offices change in the course of the year. A story tells
/// of some of those who are of one happening: in full, in capitals, without accents, with a middle
/// name or its initial, with an initial alone, by the surname alone, with the family name last
/// where it is first. It states the country, the office and the sector of most and not of all, and
/// rarely a wrong country. Bodies are told in full, as an acronym, or as both; each country has a
/// Defence Ministry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "dateline/story.h"

namespace dateline::bench {

/// A story and whom its entities mean, in their order.
struct ToldStory {
  Story story;
  std::vector<std::uint64_t> meant;
};

class WhoIsTold {
 public:
  WhoIsTold(std::size_t stories, std::uint64_t seed);
  /// In order of publication.
  [[nodiscard]] const std::vector<ToldStory>& stories() const { return stories_; }

 private:
  struct Office {
    std::string title;
    std::string actor;  ///< behind the country
  };
  struct Someone {
    std::uint64_t number = 0;
    EntityType type = EntityType::kPerson;
    std::string given{};
    std::string middle{};
    std::string surname{};  ///< of a body the whole name
    std::string acronym{};
    std::string country{};
    bool woman = false;
    std::vector<Office> offices{};  ///< each for as long as the others
  };

  std::uint64_t Below(std::uint64_t size) { return random_() % size; }
  bool Chance(std::uint64_t percent) { return Below(100) < percent; }
  std::string Word(std::size_t syllables);
  void MakePeople();
  void MakeBodies();
  Someone MakePerson(const std::vector<std::string>& given,
                     const std::vector<std::string>& surnames);
  void TellHappening(std::int32_t day, std::size_t most);
  Story MakeStory(const std::string& about, std::int32_t day);
  void Tell(const Someone& who, std::int32_t day, ToldStory& told);
  std::string NameOf(const Someone& who);
  std::string PersonNameOf(const Someone& who);

  std::mt19937_64 random_;
  std::vector<Someone> people_;
  std::vector<Someone> bodies_;
  std::vector<ToldStory> stories_;
};

}  // namespace dateline::bench
