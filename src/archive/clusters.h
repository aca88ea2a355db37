/// The rows of clusters and of related stories.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/clusterer.h"
#include "archive/hash_index.h"
#include "archive/sqlite.h"
#include "dateline/archive.h"

namespace dateline::archive {

/// Puts stories into clusters as they come and resolves what they point to. All within the
/// transaction of the caller; failures are the database's.
class ClusterWriter {
 public:
  explicit ClusterWriter(Database& database);

  /// REQUIRES: the rows of the story and of what it is a copy of are written, and stories with
  /// lower numbers have been added.
  void Add(std::int64_t number, const Story& story, const std::vector<StoryTerm>& terms);
  /// What a story that was read again points to. Its cluster stays.
  void RelateAgain(std::int64_t number, const Story& story);
  /// To be called at the beginning of a transaction: whether others wrote since.
  void BeginTransaction();
  /// To be called when rows may have been given back.
  void Forget() {
    clusterer_.Forget();
    headlines_.Forget();
  }
  /// To be called before each commit.
  void Finish() { headlines_.Finish(); }

  /// The first story that has no cluster, of an archive of an earlier version; 0: none.
  std::int64_t FirstWithout();

 private:
  void AddCopy(std::int64_t number, std::int64_t original, std::int32_t day);
  void AddOriginal(std::int64_t number, const std::vector<StoryTerm>& terms, std::int32_t day);
  std::int64_t Join(const Placing& placing, std::int64_t number);
  /// One story more; gives how many there are now.
  std::int64_t Count(std::int64_t cluster, std::int32_t day);
  void Review(std::int64_t cluster, std::int64_t story, std::int32_t day);
  void Split(std::int64_t cluster, const std::vector<std::int64_t>& leaves, std::int64_t story);
  void Recount(std::int64_t cluster);
  void HoldAround(std::int32_t day);
  void Relate(std::int64_t number, const Story& story);

  Clusterer clusterer_;
  std::int64_t data_version_ = 0;
  std::size_t most_held_ = 0;  ///< stories of `clusterer_`
  SettledTable headlines_;
  Statement version_;
  Statement without_;
  Statement original_;
  Statement cluster_of_;
  Statement insert_;
  Statement begin_;
  Statement count_;
  Statement counted_;
  Statement title_;
  Statement move_all_;
  Statement move_;
  Statement drop_;
  Statement recount_;
  Statement change_;
  Statement of_day_;
  Statement without_day_;
  Statement headline_;
  Statement find_headline_;
  Statement related_;
  Statement unrelate_;
  Statement resolve_;
};

/// "2031-05-04"; nothing for kNoDay.
std::optional<std::string> WrittenDay(std::int32_t day);

}  // namespace dateline::archive
