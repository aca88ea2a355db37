// Measures clusters of stories on generated happenings:
//
//   cluster_run [REPORTS=10000] [FILE=cluster_run.db] [SEED=1] [A_DAY=600]
//
// Prints B³ against the happenings that the reports are of, the same without the clustering (each
// copy with its original, else alone), and what clustering costs a story.
#include <fmt/core.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bcubed.h"
#include "dateline/archive.h"
#include "happenings.h"

namespace {

using dateline::Archive;
using dateline::Result;
using dateline::bench::Happenings;

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Result<double> Fill(Archive& archive, const Happenings& happenings) {
  constexpr std::uint64_t kBatch = 1000;
  double writing = 0;
  for (std::uint64_t at = 0; at < happenings.size(); at += kBatch) {
    std::vector<dateline::ArchiveInput> batch;
    for (std::uint64_t i = at; i < std::min(happenings.size(), at + kBatch); ++i) {
      auto report = happenings.Make(i);
      dateline::InputPiece piece;
      piece.bytes = report.story.id;
      std::vector<dateline::Story> stories;
      stories.push_back(std::move(report.story));
      batch.push_back(dateline::PrepareInput(piece, std::move(stories)));
    }
    const double begin = CpuSeconds();
    if (const auto added = archive.Add(batch); !added) return std::unexpected(added.error());
    writing += CpuSeconds() - begin;
  }
  return writing;
}

Result<std::vector<std::uint64_t>> Column(Archive& archive, const std::string& sql) {
  std::vector<std::uint64_t> numbers;
  const auto done = archive.Sql(
      sql, [](const auto&) {},
      [&](const std::vector<dateline::SqlValue>& row) {
        numbers.push_back(std::stoull(row[0].text));
        return true;
      });
  if (!done) return std::unexpected(done.error());
  return numbers;
}

void Print(const char* name, const dateline::bench::BCubed& score) {
  fmt::print("{:<10} B3 precision {:.4f} recall {:.4f} F1 {:.4f}\n", name, score.precision,
             score.recall, score.F1());
}

Result<void> Run(int argc, char** argv) {
  const std::string file = argc > 2 ? argv[2] : "cluster_run.db";
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
  DATELINE_TRY(
      const Happenings happenings,
      Happenings::Load(DATELINE_SOURCE_DIR "/bench/happenings.tsv",
                       {.reports = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10000,
                        .reports_a_day = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 600,
                        .seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1}));
  {
    DATELINE_TRY(Archive archive, Archive::Open(file, dateline::ArchiveAccess::kWrite));
    archive.BeginRun({.started = "2031-01-01T00:00:00Z", .program = "cluster_run"});
    DATELINE_TRY(const double seconds, Fill(archive, happenings));
    fmt::print("{} reports of {} happenings; {:.0f} us a story to write\n", happenings.size(),
               happenings.happenings(), seconds * 1e6 / static_cast<double>(happenings.size()));
  }
  DATELINE_TRY(Archive archive, Archive::Open(file, dateline::ArchiveAccess::kRead));
  DATELINE_TRY(const auto found,
               Column(archive, "SELECT cluster FROM cluster_stories ORDER BY story"));
  DATELINE_TRY(const auto copies,
               Column(archive,
                      "SELECT coalesce(original, story) FROM stories LEFT JOIN copies "
                      "USING(story) ORDER BY story"));
  DATELINE_TRY(const auto changes, Column(archive, "SELECT count(*) FROM cluster_changes"));
  std::vector<std::uint64_t> known;
  for (std::uint64_t i = 0; i < happenings.size(); ++i) known.push_back(happenings.HappeningOf(i));
  fmt::print("{} clusters, {} merged or split\n",
             std::set<std::uint64_t>(found.begin(), found.end()).size(), changes.at(0));
  Print("copies", dateline::bench::ScoreBCubed(copies, known));
  Print("clusters", dateline::bench::ScoreBCubed(found, known));
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const auto done = Run(argc, argv);
  if (done) return 0;
  fmt::print(stderr, "cluster_run: {}\n", done.error().Text());
  return 1;
}
