// Measures who is taken for whom across stories, on generated stories (who_is_told.h):
//
//   identity_run [STORIES=3000] [FILE=identity_run.db] [SEED=1]
//
// Prints B³ of identities against whom the names mean, of people and of bodies, beside that of
// equal names alone; how often each rule made a link and how often the link was to another; and
// what a story costs to write.
#include <fmt/core.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bcubed.h"
#include "dateline/archive.h"
#include "who_is_told.h"

namespace {

using dateline::Archive;
using dateline::Result;
using dateline::bench::ScoreBCubed;
using dateline::bench::WhoIsTold;
using Numbers = std::vector<std::uint64_t>;

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Result<double> Fill(Archive& archive, const WhoIsTold& told) {
  constexpr std::size_t kBatch = 500;
  double writing = 0;
  for (std::size_t at = 0; at < told.stories().size(); at += kBatch) {
    std::vector<dateline::ArchiveInput> batch;
    for (std::size_t i = at; i < std::min(told.stories().size(), at + kBatch); ++i) {
      const dateline::Story& story = told.stories()[i].story;
      dateline::InputPiece piece;
      piece.bytes = story.id;
      batch.push_back(dateline::PrepareInput(piece, {story}));
    }
    const double begin = CpuSeconds();
    if (const auto added = archive.Add(batch); !added) return std::unexpected(added.error());
    writing += CpuSeconds() - begin;
  }
  return writing;
}

/// Of all entities in order: what is found, and whether it is of a person.
struct Found {
  Numbers identity{};
  std::vector<std::string> reason{};
};

Result<Found> Ask(Archive& archive) {
  Found found;
  const auto done = archive.Sql(
      "SELECT identity, reason FROM story_identities ORDER BY story, entity", [](const auto&) {},
      [&](const std::vector<dateline::SqlValue>& row) {
        found.identity.push_back(std::stoull(row[0].text));
        found.reason.push_back(row[1].text);
        return true;
      });
  if (!done) return std::unexpected(done.error());
  return found;
}

/// What is known of all entities in the same order.
struct Known {
  Numbers meant{};
  Numbers by_name{};  ///< equal names have equal numbers
  std::vector<bool> person{};
};

Known KnownOf(const WhoIsTold& told) {
  Known known;
  std::map<std::string, std::uint64_t> names;
  for (const auto& [story, meant] : told.stories()) {
    for (std::size_t i = 0; i < meant.size(); ++i) {
      known.meant.push_back(meant[i]);
      known.by_name.push_back(names.emplace(story.entities[i].name, names.size()).first->second);
      known.person.push_back(story.entities[i].type == dateline::EntityType::kPerson);
    }
  }
  return known;
}

void Print(const char* what, const Numbers& found, const Known& known, int only) {
  Numbers of_found;
  Numbers of_known;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (only >= 0 && known.person[i] != (only == 1)) continue;
    of_found.push_back(found[i]);
    of_known.push_back(known.meant[i]);
  }
  const auto score = ScoreBCubed(of_found, of_known);
  fmt::print("{:<20} B3 precision {:.4f} recall {:.4f} F1 {:.4f}  of {}\n", what, score.precision,
             score.recall, score.F1(), of_found.size());
}

/// A link is wrong where most entities before it in its identity mean another.
void PrintRules(const Found& found, const Known& known) {
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> rules;  // links, wrong ones
  std::map<std::uint64_t, std::map<std::uint64_t, std::uint64_t>> before;
  for (std::size_t i = 0; i < found.identity.size(); ++i) {
    auto& meant = before[found.identity[i]];
    std::uint64_t most = known.meant[i];
    for (const auto& [who, times] : meant) {
      if (times > meant[most]) most = who;
    }
    auto& [links, wrong] = rules[found.reason[i]];
    ++links;
    if (most != known.meant[i]) ++wrong;
    ++meant[known.meant[i]];
  }
  for (const auto& [rule, counts] : rules) {
    fmt::print("{:<8} {:>6} links, {:>4} wrong\n", rule, counts.first, counts.second);
  }
}

Result<void> Run(int argc, char** argv) {
  const std::string file = argc > 2 ? argv[2] : "identity_run.db";
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
  const WhoIsTold told(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 3000,
                       argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  {
    DATELINE_TRY(Archive archive, Archive::Open(file, dateline::ArchiveAccess::kWrite));
    archive.BeginRun({.started = "2031-01-01T00:00:00Z", .program = "identity_run"});
    DATELINE_TRY(const double seconds, Fill(archive, told));
    fmt::print("{} stories; {:.0f} us a story to write\n", told.stories().size(),
               seconds * 1e6 / static_cast<double>(told.stories().size()));
  }
  DATELINE_TRY(Archive archive, Archive::Open(file, dateline::ArchiveAccess::kRead));
  DATELINE_TRY(const Found found, Ask(archive));
  const Known known = KnownOf(told);
  Print("equal names", known.by_name, known, -1);
  Print("identities", found.identity, known, -1);
  Print("  people", found.identity, known, 1);
  Print("  bodies", found.identity, known, 0);
  PrintRules(found, known);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const auto done = Run(argc, argv);
  if (done) return 0;
  fmt::print(stderr, "identity_run: {}\n", done.error().Text());
  return 1;
}
