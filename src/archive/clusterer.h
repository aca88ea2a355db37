/// Groups stories about the same happening, one story at a time.
///
///   Clusterer clusterer;
///   clusterer.Hold(day, {});                        // what is known of that day already
///   const Signature signature = clusterer.Weigh(TermsOf(story), day);
///   const Placing placing = clusterer.Place(signature, day);
///   clusterer.Insert({.story = 7, .cluster = placing.cluster.value_or(7), .day = day, …});
///
/// Method: single-pass clustering as in topic detection and tracking (Allan, Papka & Lavrenko 1998;
/// Yang et al. 1999): stories as vectors of weighted terms (tf · idf, the frequencies those of the
/// days around), cosine between them, decay with the days between. A story joins the cluster whose
/// nearest members, up to three, are on average like it; never one far-off member alone. An
/// inverted index finds the few stories that share rare terms.
///
/// Only days near the story's matter, so what is held is what was published around it. All weights
/// are kept as whole numbers in the signatures: whatever is put in, forgotten and put in again, the
/// answers are the same.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "archive/story_terms.h"

namespace dateline::archive {

/// Terms of a story with weights, sorted: 24 bits of key, 8 of weight, each an entry. The squares
/// of the weights add up to about kUnit squared.
using Signature = std::vector<std::uint32_t>;
inline constexpr double kUnit = 255;

/// In [0, 1]; `common`: how many terms both have.
double Cosine(const Signature& one, const Signature& other, std::size_t* common = nullptr);

/// Stories further apart than this never meet.
inline constexpr std::int32_t kWindowDays = 7;
/// Stories of one day that can be found; later ones join clusters, and no story joins by them.
inline constexpr std::size_t kMostOfADay = 30000;

struct Member {
  std::int64_t story = 0;
  std::int64_t cluster = 0;
  std::int32_t day = 0;
  Signature signature{};
};

/// Where a story belongs.
struct Placing {
  std::optional<std::int64_t> cluster{};  ///< absent: none, it begins one
  double similarity = 0;                  ///< to the nearest members of it, less the decay
  std::optional<std::int64_t> merged{};   ///< a cluster that turns out to be the same
};

/// What a look at all of a cluster finds.
struct Review {
  std::int64_t title = 0;              ///< the story most like the others
  std::vector<std::int64_t> leaves{};  ///< stories that are a happening of their own; may be empty
};

/// Not thread-safe.
class Clusterer {
 public:
  /// The days that must be held before a story of `day` is placed.
  [[nodiscard]] std::vector<std::int32_t> Missing(std::int32_t day) const;
  /// `members`: all of the day, or the first kMostOfADay, by number.
  void Hold(std::int32_t day, std::vector<Member> members);

  /// REQUIRES of the following: no day is Missing around `day`.
  [[nodiscard]] Signature Weigh(const std::vector<StoryTerm>& terms, std::int32_t day) const;
  [[nodiscard]] Placing Place(const Signature& signature, std::int32_t day);
  void Insert(Member member);

  /// From now on the members of one are members of the other.
  void Merge(std::int64_t from, std::int64_t into);
  /// From now on these stories are of another cluster.
  void Move(const std::vector<std::int64_t>& stories, std::int64_t into);
  /// Looks at the members of a cluster around the day; nothing when they are too few to tell.
  [[nodiscard]] std::optional<Review> Look(std::int64_t cluster, std::int32_t day) const;

  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  void Forget();

 private:
  using Slot = std::uint32_t;
  struct Posting {
    std::int32_t day = 0;
    Slot slot = 0;
  };
  struct Near {
    Slot slot = 0;
    double similarity = 0;
  };
  using Postings = std::vector<Posting>;

  /// Lists by the key of a term. The keys are hashes, so a table with open places finds them at
  /// once (most lists are a cache miss away: two and not four).
  class Index {
   public:
    [[nodiscard]] const Postings* Find(std::uint32_t key) const;
    /// Asks for the memory that Find will look at.
    void Prefetch(std::uint32_t key) const {
      if (!places_.empty()) __builtin_prefetch(&places_[key & (places_.size() - 1)]);
    }
    Postings& operator[](std::uint32_t key);
    void Clear();

   private:
    struct Place {
      std::uint32_t key = 0;
      std::uint32_t list = 0;  ///< which of `lists_`, from 1; 0: empty
    };
    [[nodiscard]] std::size_t PlaceOf(std::uint32_t key) const;
    void Grow();

    std::vector<Place> places_;
    std::vector<Postings> lists_;
  };

  using Stretch = std::span<const Posting>;

  /// For each key the stories around the day that have it.
  [[nodiscard]] std::vector<Stretch> Around(std::span<const std::uint32_t> keys,
                                            std::int32_t day) const;
  [[nodiscard]] double CountAround(std::int32_t day) const;
  std::vector<Slot> Candidates(const Signature& signature, std::int32_t day);
  std::vector<Near> Nearest(const Signature& signature, std::int32_t day);
  [[nodiscard]] std::size_t CountMembers(std::int64_t cluster, std::int32_t day,
                                         std::size_t enough) const;
  [[nodiscard]] std::vector<Slot> MembersAround(std::int64_t cluster, std::int32_t day,
                                                std::size_t most) const;
  [[nodiscard]] double Alike(Slot one, Slot other) const;
  [[nodiscard]] bool Same(std::int64_t one, std::int64_t other, std::int32_t day) const;

  std::vector<Member> slots_;
  std::unordered_map<std::int64_t, Slot> slot_of_;
  std::unordered_map<std::int64_t, std::vector<Slot>> clusters_;
  Index index_;                               ///< each list sorted by day
  std::map<std::int32_t, std::size_t> held_;  ///< stories of each day held
  std::vector<std::uint32_t> shared_;         ///< scratch: by slot, weight in common
};

}  // namespace dateline::archive
