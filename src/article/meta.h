/// Lines that say something about the story instead of telling it: bylines, dates, labels, credits,
/// notes. What they are, and what they give the Article.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "article/cues.h"
#include "article/date_stamp.h"
#include "article/printed_date.h"
#include "dateline/article.h"
#include "dateline/document.h"

namespace dateline::article {

enum class Place : std::uint8_t { kBeforeHeadline, kFront, kBody, kBack };

enum class MetaKind : std::uint8_t {
  kNone,
  kHeader,        ///< " date 2023-04-16 WORLD"
  kDate,          ///< nothing but a date
  kStamp,         ///< when the story went out, with words around the date
  kCue,           ///< a cue of article/cues
  kCrumbs,        ///< "Home > Politics > Europe"
  kSection,       ///< the name of a section alone
  kTransmission,  ///< slugs and numbers of wires
  kParts,         ///< several of these in one line, parted by '|'
  kBracketed,     ///< a cue within brackets
  kSignOff,       ///< "wk/lt/mb"
  kUrl,
  kAgency,       ///< "— Reuters"
  kContributed,  ///< "Ann Lee contributed to this report."
};

struct Meta {
  MetaKind kind = MetaKind::kNone;
  CueHit hit;
  std::optional<PrintedDate> date;
  std::optional<DateStamp> stamp;
  std::vector<std::string_view> parts;

  [[nodiscard]] Role role() const { return hit.cue == nullptr ? Role::kNone : hit.cue->role; }
};

/// What a line is, as far as it can be told from the line and its place alone.
Meta Classify(std::string_view line, Place place, const LayoutCues& cues);

/// Whether a line of this kind shows that the lines above it are front matter.
bool IsFrontMark(const Meta& meta);

/// Takes in what lines say: fills the Article, keeps a block for each line.
class Record {
 public:
  Record(std::string_view text, const LayoutCues& cues) : text_(text), cues_(cues) {}

  /// A block; empty views are left out.
  void Add(BlockKind kind, std::string_view view);
  void AddUtterance(std::string_view view, std::string speaker);
  /// Takes the line in. REQUIRES: meta.kind != kNone and it is none of the roles that the story's
  /// grammar reads itself (related, caption, question …).
  void Apply(std::string_view line, const Meta& meta, Place place);

  void SetHeadline(std::string_view headline);
  void SetDescription(std::string_view description);
  void SetDateline(std::string_view text, std::string_view place,
                   const std::vector<std::string_view>& agencies,
                   const std::optional<PrintedDate>& date);
  void SetCorrection(std::string_view text);
  void AddAuthors(std::string_view line, bool lenient);
  void AddSources(std::string_view value);
  void AddRelated(std::optional<std::string_view> label, std::string_view line,
                  std::string_view headline);
  void AddCaption(std::string_view line, std::string_view text);
  void AddPhotoCredit(std::string_view line, std::string_view credit);
  /// Credits such as "(Reporting by …; Editing by …)"; false when there is none in the line.
  bool ReadCredits(std::string_view line);

  /// Fields that fall back on others, dates by their value.
  void Finish();

  [[nodiscard]] Span SpanOf(std::string_view view) const;
  [[nodiscard]] std::string_view text() const { return text_; }

  Article article;
  std::vector<Block> blocks;

 private:
  /// The image whose caption or credit stands right above the line.
  Image* ImageAbove(std::string_view line);
  void ApplyCue(std::string_view line, const CueHit& hit);
  void ApplyBracketed(std::string_view line, const CueHit& hit);
  void ApplyPart(std::string_view part, Place place);
  void ApplyAgency(std::string_view line);
  void ApplyContributed(std::string_view line);
  void ApplyTitle(std::string_view line, const CueHit& hit);
  void ApplyCorrection(std::string_view line, const CueHit& hit);
  std::vector<std::string>* ListOf(Role role);
  void ApplyByline(const CueHit& hit);
  void ApplyPublished(std::string_view line, std::string_view value);
  void ApplyUpdated(std::string_view value);
  void ApplyStamp(std::string_view line, const DateStamp& stamp);
  void ApplyEmbargo(std::string_view line, std::string_view value);
  void ApplyDatelineLabel(std::string_view value);
  void ApplyCrumbs(std::string_view line);
  void ApplyHeader(std::string_view line);
  void ApplySection(std::string_view value);
  void ApplyKeywords(std::string_view value);
  void Published(PrintedDate date);
  [[nodiscard]] bool MonthFirst(const PrintedDate& date) const;
  [[nodiscard]] std::optional<DateTime> ValueOf(PrintedDate date) const;

  std::string_view text_;
  const LayoutCues& cues_;
  bool pending_update_ = false;  ///< "Updated" stood alone: the date follows
  std::optional<Date> header_date_;
  std::optional<PrintedDate> published_;
  std::optional<PrintedDate> updated_;
  std::optional<PrintedDate> embargo_;
  std::optional<PrintedDate> dateline_date_;
  std::vector<std::string> reporting_;
  std::vector<std::string> writing_;
  std::vector<std::string> dateline_agencies_;
};

}  // namespace dateline::article
