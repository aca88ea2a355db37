// A page of inputs at a time, in the order of their runs: those that the archive does not know come
// over with the bytes as they were handed in and the records of their stories, and are added as
// 'dateline add' adds what it has just read. So everything that holds in an archive holds after a
// pull: copies, clusters and indexes are made anew from the records.
#include "postgres/pull.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "archive/hex.h"
#include "dateline/record.h"
#include "postgres/names.h"

namespace dateline::postgres {
namespace {

constexpr int kInputPage = 4096;     // inputs asked for
constexpr std::size_t kBatch = 256;  // inputs fetched
constexpr std::uint64_t kPullBytes = 8U << 20U;

/// An input as it comes over.
struct Fetched {
  InputPiece piece;
  ArchiveRun run;  ///< what read its stories; the options are of the run that added it
  std::vector<Story> stories;
};

class Pulling {
 public:
  Pulling(Archive& archive, Connection& server, const SyncWatch& watch, SyncCounts& counts)
      : archive_(archive), server_(server), watch_(watch), counts_(counts) {}

  Result<void> Run() {
    std::string run = "00000000-0000-0000-0000-000000000000";
    std::string arrival = "0";
    while (!watch_.Stopped()) {
      DATELINE_TRY(const Rows page,
                   server_.Ask("SELECT run, arrival, input, size FROM dateline.inputs WHERE (run, "
                               "arrival) > ($1::uuid, $2::bigint) ORDER BY run, arrival LIMIT " +
                                   std::to_string(kInputPage),
                               {run, arrival}));
      if (page.size() == 0) return {};
      if (auto pulled = PullPage(page); !pulled) return pulled;
      run = page.Text(page.size() - 1, 0);
      arrival = page.Text(page.size() - 1, 1);
    }
    return {};
  }

 private:
  Result<void> PullPage(const Rows& page) {
    std::vector<std::string> batch;
    std::uint64_t bytes = 0;
    for (int i = 0; i < page.size() && !watch_.Stopped(); ++i) {
      std::string input = DigitsOf(page.Text(i, 2));
      DATELINE_TRY(const bool known, archive_.Knows(archive::BytesOfHex(input)));
      if (known) continue;
      bytes += static_cast<std::uint64_t>(page.Number(i, 3));
      batch.push_back(std::move(input));
      if (batch.size() < kBatch && bytes < kPullBytes) continue;
      if (auto added = PullBatch(batch); !added) return added;
      batch.clear();
      bytes = 0;
    }
    return batch.empty() ? Result<void>() : PullBatch(batch);
  }

  Result<void> PullBatch(const std::vector<std::string>& inputs) {
    DATELINE_TRY(auto fetched, Fetch(inputs));
    std::vector<ArchiveInput> ready;
    for (const std::string& name : inputs) {
      const auto found = fetched.find(name);
      if (found == fetched.end()) continue;  // taken away meanwhile
      Fetched& input = found->second;
      if (archive::HexOf(InputHash(input.piece)) != name) return Damaged("input", name);
      const std::string run = RunKey(input.run);
      if (run != run_) {
        if (auto added = Add(ready); !added) return added;
        archive_.BeginRun(input.run);
        run_ = run;
      }
      ready.push_back(PrepareInput(input.piece, std::move(input.stories)));
    }
    return Add(ready);
  }

  Result<void> Add(std::vector<ArchiveInput>& ready) {
    if (ready.empty()) return {};
    DATELINE_TRY(const AddCounts added, archive_.Add(ready));
    counts_.pulled += added.stories;
    if (watch_.advance) watch_.advance(added.stories);
    ready.clear();
    return {};
  }

  std::unexpected<Error> Damaged(std::string_view what, std::string_view name) {
    return Fail(ErrorCode::kMalformed,
                fmt::format("{} {} is not what its name says: it was changed on the server; delete "
                            "it there and push it again from an archive that has it",
                            what, name),
                server_.name());
  }

  Result<std::map<std::string, Fetched>> Fetch(const std::vector<std::string>& inputs) {
    const std::string names = ArrayOf(inputs);
    DATELINE_TRY(const Rows rows,
                 server_.Ask("SELECT i.input, i.path, i.line, i.record, i.position, i.format, "
                             "c.bytes, i.original, r.options, r.program, r.tables, r.model, "
                             "to_char(r.started AT TIME ZONE 'UTC', "
                             "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM dateline.inputs AS i JOIN "
                             "dateline.runs AS r USING(run) LEFT JOIN dateline.contexts AS c "
                             "USING(context) WHERE i.input = ANY($1::uuid[])",
                             {names}));
    std::map<std::string, Fetched> fetched;
    for (int i = 0; i < rows.size(); ++i) TakeInput(rows, i, fetched[DigitsOf(rows.Text(i, 0))]);
    DATELINE_TRY(
        const Rows stories,
        server_.Ask("SELECT s.input, s.story, r.program, r.tables, r.model, to_char(r.started AT "
                    "TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), x.exact, "
                    "jsonb_set(x.record, '{text}', to_jsonb(t.text)) FROM dateline.stories AS s "
                    "JOIN dateline.runs AS r USING(run) JOIN dateline.records AS x USING(story) "
                    "JOIN dateline.texts AS t USING(story) WHERE s.input = ANY($1::uuid[]) ORDER "
                    "BY s.input, s.number",
                    {names}));
    for (int i = 0; i < stories.size(); ++i) {
      const auto input = fetched.find(DigitsOf(stories.Text(i, 0)));
      if (input == fetched.end()) continue;
      if (auto taken = TakeStory(stories, i, input->second); !taken) {
        return std::unexpected(taken.error());
      }
    }
    return fetched;
  }

  static void TakeInput(const Rows& rows, int i, Fetched& input) {
    InputPiece& piece = input.piece;
    piece.path = rows.Text(i, 1);
    piece.line = static_cast<std::uint64_t>(rows.Number(i, 2));
    piece.record = static_cast<std::uint64_t>(rows.Number(i, 3));
    piece.offset = static_cast<std::uint64_t>(rows.Number(i, 4));
    piece.format = FormatNamed(rows.Text(i, 5)).value_or(Format::kAuto);
    if (!rows.IsNull(i, 6)) piece.context = std::make_shared<const std::string>(rows.Bytes(i, 6));
    piece.bytes = rows.Bytes(i, 7);
    input.run = {.started = std::string(rows.Text(i, 12)),
                 .program = std::string(rows.Text(i, 9)),
                 .tables = std::string(rows.Text(i, 10)),
                 .model = std::string(rows.Text(i, 11)),
                 .options = std::string(rows.Text(i, 8))};
  }

  Result<void> TakeStory(const Rows& rows, int i, Fetched& input) {
    const std::string id = DigitsOf(rows.Text(i, 1));
    const std::string record = rows.IsNull(i, 6) ? std::string(rows.Text(i, 7)) : rows.Bytes(i, 6);
    auto story = ReadRecord(record);
    if (!story || story->id != id) return Damaged("story", id);
    if (input.stories.empty()) {
      input.run.program = rows.Text(i, 2);
      input.run.tables = rows.Text(i, 3);
      input.run.model = rows.Text(i, 4);
      input.run.started = rows.Text(i, 5);
    }
    input.stories.push_back(*std::move(story));
    return {};
  }

  Archive& archive_;
  Connection& server_;
  const SyncWatch& watch_;
  SyncCounts& counts_;
  std::string run_;  ///< the key of the run that is begun
};

}  // namespace

Result<void> Pull(Archive& archive, Connection& server, const SyncWatch& watch,
                  SyncCounts& counts) {
  return Pulling(archive, server, watch, counts).Run();
}

}  // namespace dateline::postgres
