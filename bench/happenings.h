/// Generated reports of generated happenings, for measuring clusters: which reports are of one
/// happening is known.
///
/// A happening (a bombing, a visit, a trial …) has a place, people, numbers and a day, and one to
/// some thirty reports over a week: of different lengths, in different words, with sentences of
/// their own, follow-ups that open with what is new, and background that reports of other
/// happenings share. One happening in four is a twin of another: of the same kind in the same
/// place, days apart, with the same official speaking. One report in ten is a copy under another
/// headline.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"

namespace dateline::bench {

struct Report {
  Story story;
  std::uint64_t happening = 0;
};

struct HappeningsOptions {
  std::uint64_t reports = 10000;
  std::uint64_t reports_a_day = 600;
  std::uint64_t seed = 1;
};

/// Reports in order of publication. Same options, same reports.
class Happenings {
 public:
  static Result<Happenings> Load(const std::string& templates_path,
                                 const HappeningsOptions& options);

  [[nodiscard]] std::uint64_t size() const { return reports_.size(); }
  [[nodiscard]] std::uint64_t happenings() const { return happenings_.size(); }
  [[nodiscard]] Report Make(std::uint64_t index) const;
  [[nodiscard]] std::uint64_t HappeningOf(std::uint64_t index) const {
    return reports_[index].happening;
  }

 private:
  struct Template {
    std::string kind;
    std::string part;
    std::string text;
  };
  struct Person {
    std::string title;
    std::string name;
    std::string surname;
  };
  struct Country {
    std::string name;
    std::string code;
    std::vector<Person> officials;
    std::vector<std::string> cities;
  };
  struct Happening {
    std::string kind;
    std::size_t country = 0;
    std::size_t other = 0;
    std::string city;
    Person first;
    Person second;
    std::string organisation;
    std::string thing;
    std::uint64_t number = 0;
    std::uint64_t second_number = 0;
    std::int32_t day = 0;
  };
  struct Plan {
    std::uint64_t happening = 0;
    std::int32_t day = 0;
    std::uint64_t seed = 0;
    std::uint64_t order = 0;
    std::uint64_t copy_of = 0;  ///< seed of the report that it repeats; 0: none
  };
  class Writer;

  void MakeCountries(std::uint64_t seed);
  using Random = std::mt19937_64;
  [[nodiscard]] Happening MakeHappening(std::int32_t day, const std::vector<std::string>& things,
                                        const std::vector<std::string>& organisations,
                                        Random& random) const;
  void PlanReports(std::uint64_t size, Random& random);
  void MakeHappenings(const HappeningsOptions& options);

  std::vector<Template> templates_;
  std::vector<std::string> kinds_;
  std::vector<Country> countries_;
  std::vector<Happening> happenings_;
  std::vector<Plan> reports_;
};

}  // namespace dateline::bench
