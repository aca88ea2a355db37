// A page of stories at a time: their ids are asked for on the server, those that it lacks are taken
// from the archive as rows and go over by COPY, in one transaction. Stories go by way of a
// temporary table: what another push has brought meanwhile stays (ON CONFLICT), and rows of facts
// follow only the stories that this transaction has brought itself. Everything is inserted in the
// order of its key, so that two pushes wait for each other and do not lock each other out.
//
// All stories of an input go in one transaction, because a pull takes an input for complete.
#include "postgres/push.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "postgres/copy_rows.h"
#include "postgres/names.h"
#include "postgres/transaction.h"

namespace dateline::postgres {
namespace {

constexpr std::size_t kStoryPage = 512;          // stories
constexpr std::size_t kPushBytes = 16U << 20U;   // of text and originals
constexpr std::size_t kLongestPage = 1U << 20U;  // stories of one input
constexpr std::string_view kTemporary = "pg_temp.new_";
constexpr std::string_view kRebuild = "rebuild";  // how the options of such a run begin

/// A story of the archive, as it is listed.
struct Listed {
  std::int64_t number = 0;
  std::string id;
  std::string input;  ///< 32 hex digits
  std::int64_t run = 0;
  std::int64_t input_run = 0;
  std::string format;
  std::string cluster;  ///< ids of stories
  std::string title;
  std::optional<std::string> copy_of;
  std::optional<double> similarity;
};

struct KnownRun {
  std::string key;
  std::string started;
  ArchiveRun run;
};

std::int64_t NumberOf(const SqlValue& value) {
  return value.text.empty() ? 0 : std::stoll(value.text);
}
std::optional<std::string> TextOf(const SqlValue& value) {
  return value.kind == SqlValue::Kind::kNull ? std::nullopt : std::optional(value.text);
}

/// Copies of the tables' columns that live as long as a transaction, once for a connection.
Result<void> MakeTemporary(Connection& server) {
  // Packs long values several times faster; a server that cannot (before 14) keeps its own way.
  std::ignore = server.Run("SET default_toast_compression = 'lz4'");
  std::string sql;
  const auto make = [&sql](std::string_view name, std::string_view columns) {
    sql += fmt::format(
        "CREATE TEMPORARY TABLE new_{0} ON COMMIT DELETE ROWS AS SELECT {1} FROM dateline.{0} WITH "
        "NO DATA;",
        name, columns);
  };
  for (std::size_t i = 0; i < kTables; ++i) {
    const TableColumns& table = ColumnsOf(static_cast<Table>(i));
    make(table.name, table.columns);
  }
  make("cluster_stories", "*");
  make("identity_links", "*");
  sql += "CREATE TEMPORARY TABLE fresh(story uuid) ON COMMIT DELETE ROWS";
  return server.Run(sql);
}

class Pushing {
 public:
  Pushing(Archive& archive, Connection& server, const SyncWatch& watch, SyncCounts& counts)
      : archive_(archive), server_(server), watch_(watch), counts_(counts) {}

  Result<void> Run() {
    if (auto made = MakeTemporary(server_); !made) return made;
    std::int64_t after = 0;
    while (!watch_.Stopped()) {
      DATELINE_TRY(const std::vector<Listed> page, NextPage(after));
      if (page.empty()) return {};
      if (auto pushed = PushPage(page); !pushed) return pushed;
      after = page.back().number;
    }
    return {};
  }

 private:
  Result<std::vector<Listed>> List(std::int64_t after, std::size_t limit) {
    std::vector<Listed> page;
    const std::string sql = fmt::format(
        "SELECT s.story, lower(hex(s.hash)), lower(hex(i.hash)), s.run, i.run, i.format, "
        "lower(hex(c.hash)), lower(hex(t.hash)), (SELECT lower(hex(hash)) FROM stories WHERE story "
        "= k.original), k.similarity FROM stories AS s JOIN inputs AS i USING(input) JOIN "
        "cluster_stories AS x ON x.story = s.story JOIN clusters AS g ON g.cluster = x.cluster "
        "JOIN stories AS c ON c.story = g.cluster JOIN stories AS t ON t.story = g.title LEFT JOIN "
        "copies AS k ON k.story = s.story WHERE s.story > {} ORDER BY s.story LIMIT {}",
        after, limit);
    const auto take = [&page](const std::vector<SqlValue>& row) {
      page.push_back({NumberOf(row[0]), row[1].text, row[2].text, NumberOf(row[3]),
                      NumberOf(row[4]), row[5].text, row[6].text, row[7].text, TextOf(row[8]),
                      std::nullopt});
      if (page.back().copy_of) page.back().similarity = std::stod(row[9].text);
      return true;
    };
    if (auto read = archive_.Sql(sql, [](const auto&) {}, take); !read) {
      return std::unexpected(read.error());
    }
    return page;
  }

  /// Stories behind `after`, with all that came in the last one's input.
  Result<std::vector<Listed>> NextPage(std::int64_t after) {
    for (std::size_t limit = kStoryPage;; limit *= 4) {
      DATELINE_TRY(std::vector<Listed> page, List(after, limit));
      if (page.size() < limit) return page;
      const std::string last = page.back().input;
      auto whole = page.size();
      while (whole > 0 && page[whole - 1].input == last) --whole;
      if (whole == 0 && limit < kLongestPage) continue;
      if (whole > 0) page.resize(whole);
      return page;
    }
  }

  Result<const KnownRun*> FindRun(std::int64_t number) {
    if (!runs_.contains(number)) {
      const auto take = [this](const std::vector<SqlValue>& row) {
        const ArchiveRun run{row[1].text, row[2].text, row[3].text, row[4].text, row[5].text};
        runs_[NumberOf(row[0])] = {RunKey(run), MomentOrFirst(run.started), run};
        return true;
      };
      const auto read = archive_.Sql(
          "SELECT run, started, program, tables, model, options FROM runs", [](const auto&) {},
          take);
      if (!read) return std::unexpected(read.error());
    }
    return &runs_[number];
  }

  /// When the story was read, where that was to replace an earlier reading.
  Result<std::optional<std::string>> RebuiltAt(const Listed& story) {
    DATELINE_TRY(const KnownRun* run, FindRun(story.run));
    if (!run->run.options.starts_with(kRebuild)) return std::optional<std::string>();
    return std::optional(run->started);
  }

  /// Ids of those that the server has not, or has of an earlier reading.
  Result<std::set<std::string>> Wanted(const std::vector<Listed>& page) {
    std::vector<std::string> ids;
    std::vector<std::string> rebuilt;
    for (const Listed& story : page) {
      DATELINE_TRY(const auto when, RebuiltAt(story));
      ids.push_back(story.id);
      rebuilt.push_back(when.value_or("NULL"));
    }
    DATELINE_TRY(const Rows rows,
                 server_.Ask("SELECT n.story FROM unnest($1::uuid[], $2::timestamptz[]) AS "
                             "n(story, rebuilt) LEFT JOIN dateline.stories AS s ON s.story = "
                             "n.story WHERE s.story IS NULL OR n.rebuilt > coalesce(s.rebuilt, "
                             "'-infinity')",
                             {ArrayOf(ids), ArrayOf(rebuilt)}));
    std::set<std::string> wanted;
    for (int i = 0; i < rows.size(); ++i) wanted.insert(DigitsOf(rows.Text(i, 0)));
    return wanted;
  }

  Result<void> PushPage(const std::vector<Listed>& page) {
    DATELINE_TRY(const auto wanted, Wanted(page));
    CopyRows rows;
    std::size_t bytes = 0;
    for (std::size_t at = 0; at < page.size(); ++at) {
      const Listed& story = page[at];
      if (wanted.contains(story.id)) {
        DATELINE_TRY(const std::size_t size, Take(story, rows));
        bytes += size;
      }
      const bool ends = at + 1 == page.size() || page[at + 1].input != story.input;
      if (bytes == 0 || !ends || (bytes < kPushBytes && at + 1 < page.size())) continue;
      if (auto sent = Send(rows); !sent) return sent;
      rows = {};
      bytes = 0;
      taken_.clear();
    }
    if (auto sent = SendClusters(page); !sent) return sent;
    return SendIdentities(page);
  }

  /// The story, and its input where it is the first of it. Gives how many bytes it is.
  Result<std::size_t> Take(const Listed& listed, CopyRows& rows) {
    DATELINE_TRY(const Story story, archive_.LoadStory(listed.number));
    DATELINE_TRY(const KnownRun* run, FindRun(listed.run));
    DATELINE_TRY(const auto rebuilt, RebuiltAt(listed));
    rows.Add(story, {listed.input, run->key, rebuilt});
    TakeRun(*run, rows);
    if (!taken_.insert(listed.input).second) return story.text.size() + 1;
    DATELINE_TRY(const KnownRun* input_run, FindRun(listed.input_run));
    TakeRun(*input_run, rows);
    DATELINE_TRY(const StoryOrigin origin, archive_.LoadOrigin(listed.number));
    const InputPiece& piece = origin.piece;
    const auto maybe = [](std::uint64_t number) {
      return number == 0 ? std::nullopt : std::optional(number);
    };
    const bool has_context = piece.context && !piece.context->empty();
    const std::string context = has_context ? KeyOf({*piece.context}) : std::string();
    if (has_context && taken_.insert(context).second) {
      rows[Table::kContexts].Row(context, AsBytes{*piece.context});
    }
    rows[Table::kInputs].Row(listed.input, input_run->key, piece.path, maybe(piece.line),
                             maybe(piece.record), maybe(piece.offset), listed.format,
                             has_context ? std::optional(context) : std::nullopt,
                             piece.bytes.size(), AsBytes{piece.bytes});
    return story.text.size() + piece.bytes.size() + 1;
  }

  void TakeRun(const KnownRun& run, CopyRows& rows) {
    if (!taken_.insert(run.key).second) return;
    rows[Table::kRuns].Row(run.key, run.started, run.run.program, run.run.tables, run.run.model,
                           run.run.options);
  }

  Result<void> Send(const CopyRows& rows) {
    std::int64_t replaced = 0;
    std::int64_t fresh = 0;
    const auto sent = InTransaction(server_, [&] { return SendRows(rows, replaced, fresh); });
    if (!sent) return sent;
    counts_.pushed += static_cast<std::uint64_t>(fresh);
    counts_.replaced += static_cast<std::uint64_t>(replaced);
    if (watch_.advance) watch_.advance(static_cast<std::uint64_t>(fresh));
    return {};
  }

  Result<void> Copy(Table table, const CopyRows& rows, std::string_view into) {
    if (rows[table].rows() == 0) return {};
    const TableColumns& columns = ColumnsOf(table);
    return server_.Copy(fmt::format("{}{}({})", into, columns.name, columns.columns),
                        rows[table].text());
  }

  Result<void> SendRows(const CopyRows& rows, std::int64_t& replaced, std::int64_t& fresh) {
    for (const Table table : {Table::kRuns, Table::kContexts, Table::kInputs, Table::kStories}) {
      if (auto copied = Copy(table, rows, kTemporary); !copied) return copied;
    }
    for (const Table table : {Table::kRuns, Table::kContexts, Table::kInputs}) {
      const TableColumns& columns = ColumnsOf(table);
      const auto inserted = server_.Run(fmt::format(
          "INSERT INTO dateline.{0}({1}) SELECT {1} FROM pg_temp.new_{0} ORDER BY 1 ON CONFLICT DO "
          "NOTHING",
          columns.name, columns.columns));
      if (!inserted) return inserted;
    }
    DATELINE_TRY(const Rows gone,
                 server_.Ask("WITH gone AS (DELETE FROM dateline.stories AS s USING "
                             "pg_temp.new_stories AS n WHERE s.story = n.story AND n.rebuilt > "
                             "coalesce(s.rebuilt, '-infinity') RETURNING 1) SELECT count(*) FROM "
                             "gone"));
    replaced = gone.Number(0, 0);
    const TableColumns& stories = ColumnsOf(Table::kStories);
    DATELINE_TRY(const Rows added,
                 server_.Ask(fmt::format(
                     "WITH added AS (INSERT INTO dateline.stories({0}) SELECT {0} FROM "
                     "pg_temp.new_stories ORDER BY 1 ON CONFLICT DO NOTHING RETURNING story), kept "
                     "AS (INSERT INTO pg_temp.fresh SELECT story FROM added RETURNING 1) SELECT "
                     "count(*) FROM kept",
                     stories.columns)));
    fresh = added.Number(0, 0);
    const bool all = static_cast<std::uint64_t>(fresh) == rows[Table::kStories].rows();
    for (auto i = static_cast<std::size_t>(Table::kTexts); i < kTables; ++i) {
      if (auto sent = SendFacts(static_cast<Table>(i), rows, all); !sent) return sent;
    }
    return {};
  }

  /// Straight into the table where all stories of the batch are this transaction's, else by way of
  /// a temporary one.
  Result<void> SendFacts(Table table, const CopyRows& rows, bool all) {
    if (rows[table].rows() == 0) return {};
    const bool is_record = table == Table::kRecords;
    if (all && !is_record) return Copy(table, rows, "dateline.");
    if (auto copied = Copy(table, rows, kTemporary); !copied) return copied;
    const TableColumns& columns = ColumnsOf(table);
    // The text is in `texts`: a record needs it no second time.
    return server_.Run(fmt::format(
        "INSERT INTO dateline.{0}({1}) SELECT {2} FROM pg_temp.new_{0} WHERE story IN (SELECT "
        "story FROM pg_temp.fresh)",
        columns.name, columns.columns,
        is_record ? "story, record - 'text', exact" : columns.columns));
  }

  /// Sends rows of one table, which begin with a story that is there: a row of a story that has one
  /// takes its place where the columns differ.
  Result<void> Replace(std::string_view table, std::initializer_list<std::string_view> columns,
                       const CopyText& rows) {
    return InTransaction(server_, [&]() -> Result<void> {
      const auto copied = server_.Copy(fmt::format("{}{}", kTemporary, table), rows.text());
      if (!copied) return copied;
      std::vector<std::string> set;
      for (const auto column : columns) set.push_back(fmt::format("{0} = excluded.{0}", column));
      return server_.Run(fmt::format(
          "INSERT INTO dateline.{0} AS o SELECT n.* FROM pg_temp.new_{0} AS n JOIN "
          "dateline.stories USING(story) ORDER BY n.story ON CONFLICT (story) DO UPDATE SET {1} "
          "WHERE (o.{2}) IS DISTINCT FROM (excluded.{3})",
          table, fmt::join(set, ", "), fmt::join(columns, ", o."),
          fmt::join(columns, ", excluded.")));
    });
  }

  /// Clusters change after the story was pushed, so these rows go over for every story; what is
  /// the same already is not written.
  Result<void> SendClusters(const std::vector<Listed>& page) {
    CopyText rows;
    for (const Listed& story : page) {
      rows.Row(story.id, story.cluster, story.title, story.copy_of, story.similarity);
    }
    return Replace("cluster_stories", {"cluster", "title", "copy_of", "similarity"}, rows);
  }

  /// The row of a story, whose links are taken one by one.
  struct Links {
    std::string entities{};
    std::string identities{};
    std::string confidences{};
    std::string reasons{};

    void Add(std::string_view entity, std::string_view identity, std::string_view confidence,
             std::string_view reason) {
      const auto add = [](std::string_view value, std::string& list) {
        list += list.empty() ? "{" : ",";
        list += value;
      };
      add(entity, entities);
      add(identity, identities);
      add(confidence, confidences);
      add(reason, reasons);
    }
  };

  /// Identities are numbers of this archive: on the server they are named by their first entity.
  Result<std::map<std::int64_t, Links>> LinksOf(const std::vector<Listed>& page) {
    std::map<std::int64_t, std::string_view> ids;
    for (const Listed& story : page) ids[story.number] = story.id;
    std::map<std::int64_t, Links> links;
    const auto take = [&](const std::vector<SqlValue>& row) {
      const std::int64_t story = NumberOf(row[0]);
      const auto id = ids.find(story);
      if (id == ids.end()) return true;
      std::string& name = identities_[NumberOf(row[2])];
      if (name.empty()) name = KeyOf({id->second, row[1].text});
      links[story].Add(row[1].text, name, row[3].text, row[4].text);
      return true;
    };
    const auto read = archive_.Sql(
        fmt::format("SELECT story, entity, identity, confidence, reason FROM story_identities "
                    "WHERE story BETWEEN {} AND {} ORDER BY story, entity",
                    page.front().number, page.back().number),
        [](const auto&) {}, take);
    if (!read) return std::unexpected(read.error());
    return links;
  }

  /// Corrections change identities after the story was pushed, so these rows go over for every
  /// story, too.
  Result<void> SendIdentities(const std::vector<Listed>& page) {
    DATELINE_TRY(const auto links, LinksOf(page));
    CopyText rows;
    for (const Listed& story : page) {
      const auto found = links.find(story.number);
      if (found == links.end()) continue;
      const Links& each = found->second;
      rows.Row(story.id, each.entities + "}", each.identities + "}", each.confidences + "}",
               each.reasons + "}");
    }
    return Replace("identity_links", {"entities", "identities", "confidences", "reasons"}, rows);
  }

  Archive& archive_;
  Connection& server_;
  const SyncWatch& watch_;
  SyncCounts& counts_;
  std::map<std::int64_t, std::string> identities_;  ///< their names on the server
  std::map<std::int64_t, KnownRun> runs_;
  std::set<std::string> taken_;  ///< keys of inputs, contexts and runs of the batch
};

}  // namespace

Result<void> Push(Archive& archive, Connection& server, const SyncWatch& watch,
                  SyncCounts& counts) {
  return Pushing(archive, server, watch, counts).Run();
}

}  // namespace dateline::postgres
