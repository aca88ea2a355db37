/// The words by which layouts are known, out of the tables article/*, ready for fast look-up.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/word_table.h"
#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::article {

/// What a cue says of its line; the names are the `role` column of article/cues.
enum class Role : std::uint8_t {
  kNone,
  kHeadline,
  kDescription,
  kByline,
  kReporting,
  kWriting,
  kContributor,
  kEditor,
  kCredit,
  kPublished,
  kUpdated,
  kSection,
  kKeywords,
  kPublisher,
  kSource,
  kAgencyCredit,
  kDateline,
  kBody,
  kEmbargo,
  kCorrection,
  kEditorsNote,
  kNotesToEnd,
  kNote,
  kNotesLine,
  kAdvice,
  kRelated,
  kRelatedHead,
  kCaption,
  kPhotoCredit,
  kQuestion,
  kAnswer,
  kContact,
  kEnd,
  kStoryBreak,
  kStoryBreakAfter,
  kDatabase,
  kUrl,
  kBoilerplate,
  kReadingTime,
  kJobLine,
  kCopyright,
  kStage,
  kEdition,
  kMasthead,
};

enum class CueMatch : std::uint8_t { kLine, kLabel, kStart };
enum class CuePlace : std::uint8_t { kAny, kFront, kBack };

struct Cue {
  std::string id;
  std::string phrase;  ///< folded: lower case, '#' for a number
  CueMatch match = CueMatch::kLine;
  CuePlace place = CuePlace::kAny;
  Role role = Role::kNone;
  std::string example;
};

/// A cue at the start of a line. `label` and `value` are views into the line; of a whole-line cue
/// `value` is empty.
struct CueHit {
  const Cue* cue = nullptr;
  std::string_view label;
  std::string_view value;
};

struct Zone {
  std::chrono::minutes offset{0};
  bool us_summer = false;  ///< an hour more in American summer
  bool american = false;   ///< dates beside it are month first
};

/// Lower-case ASCII with curly apostrophes straight: how cues and words are compared.
std::string FoldCue(std::string_view text);

class LayoutCues {
 public:
  static Result<LayoutCues> Load(const tables::Tables& tables);

  /// The longest cue that `line` begins with and whose role `wanted` allows (null: any). Labels
  /// need a mark behind them (':' and the like), unless they make up the line.
  [[nodiscard]] CueHit Find(std::string_view line) const;
  /// As Find, only cues that are the whole line.
  [[nodiscard]] CueHit FindWhole(std::string_view line) const;

  [[nodiscard]] bool IsAgency(std::string_view name) const { return agencies.contains(name); }

  /// Whether any agency's name begins with this word.
  [[nodiscard]] bool BeginsAgency(std::string_view word) const {
    return agency_words_.contains(word);
  }

  std::vector<Cue> cues;
  WordSet agencies;    ///< case as printed
  WordSet sections;    ///< folded
  WordSet places;      ///< folded
  WordMap<Role> tags;  ///< "HD", "BY" of database exports
  WordMap<Zone> zones;
  WordMap<unsigned> months;
  WordMap<unsigned> weekdays;
  WordMap<unsigned> daywords;  ///< minutes since midnight
  WordSet jobs;                ///< words a job title is made of
  WordSet job_heads;           ///< words that alone make one
  WordSet mastheads;
  WordSet particles;
  WordSet interview;
  WordSet question_words;
  WordSet list_heads;       ///< "key points": over a list
  WordSet stamp_published;  ///< "posted": labels of the lines that tell when a story went out
  WordSet stamp_updated;    ///< "modified"
  WordSet stamp_beside;     ///< "edition", "cycle": words that stand there only
  WordSet stamp_words;      ///< "story", "was": words that stand there as well
  WordSet stamp_units;      ///< "hours"
  WordSet stamp_months;     ///< of other calendars

 private:
  [[nodiscard]] CueHit FindMode(std::string_view line, bool whole_only) const;
  /// A cue of a bucket, and the byte behind its first word and space ('\0': no more words).
  struct Entry {
    std::uint32_t row = 0;
    char second = '\0';
  };
  WordSet agency_words_;
  WordMap<std::vector<Entry>> by_first_;  ///< first word → cues, longest first
};

}  // namespace dateline::article
