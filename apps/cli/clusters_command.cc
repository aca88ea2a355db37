#include "clusters_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "answer.h"
#include "counted.h"
#include "dateline/archive.h"
#include "messages.h"
#include "output.h"
#include "page.h"
#include "read_command.h"
#include "record/rows.h"
#include "serve/lines.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kIndent = 4;

std::string Span(const StoryCluster& cluster) {
  if (!cluster.first_day) return "";
  if (cluster.first_day == cluster.last_day) return *cluster.first_day;
  return fmt::format("{} to {}", *cluster.first_day, *cluster.last_day);
}

std::string About(const StoryCluster& cluster) {
  std::string about = Span(cluster);
  if (!about.empty()) about += " · ";
  about += Counted(cluster.stories, "story", "stories");
  if (cluster.copies > 0) about += fmt::format(", {}", Counted(cluster.copies, "copy", "copies"));
  if (cluster.outlets > 0)
    about += fmt::format(" · {}", Counted(cluster.outlets, "outlet", "outlets"));
  return about;
}

std::string Actors(const StoryCluster& cluster, std::string_view between) {
  return record::Joined(
      cluster.actors, [](const ClusterActor& actor) { return actor.name; }, between);
}

void AddHead(const StoryCluster& cluster, Page& page) {
  page.Begin(0, 2);
  page.Add(fmt::format("{} ", cluster.cluster), Style::kDim);
  page.Add(cluster.title.empty() ? "(no headline)" : cluster.title, Style::kBold);
  page.End();
  page.Paragraph(About(cluster), kIndent, Style::kDim);
  const std::string actors = Actors(cluster, ", ");
  if (!actors.empty()) page.Paragraph(actors, kIndent);
}

record::Fields Fields(const StoryCluster& cluster) {
  return {{"cluster", fmt::format("{}", cluster.cluster)},
          {"title", cluster.title},
          {"stories", fmt::format("{}", cluster.stories)},
          {"copies", fmt::format("{}", cluster.copies)},
          {"outlets", fmt::format("{}", cluster.outlets)},
          {"first_day", cluster.first_day.value_or("")},
          {"last_day", cluster.last_day.value_or("")},
          {"actors", Actors(cluster, "|")}};
}

record::Fields Fields(const ClusterLife& life, const ClusterStory& story) {
  return {{"cluster", fmt::format("{}", life.cluster.cluster)},
          {"story", fmt::format("{}", story.story)},
          {"published", story.published.value_or("")},
          {"headline", story.headline},
          {"publisher", story.publisher.value_or("")},
          {"copy_of", story.copy_of ? fmt::format("{}", *story.copy_of) : ""}};
}

void AddLife(const ClusterLife& life, Page& page) {
  AddHead(life.cluster, page);
  page.EmptyLine();
  for (const ClusterStory& story : life.stories) {
    page.Begin(0, 2 + kIndent);
    page.Add(fmt::format("{:<17}{} ", story.published.value_or("").substr(0, 16), story.story),
             Style::kDim);
    page.Add(story.headline.empty() ? "(no headline)" : story.headline);
    if (story.publisher) page.Add(fmt::format(" · {}", *story.publisher), Style::kDim);
    if (story.copy_of) page.Add(fmt::format(" (copy of {})", *story.copy_of), Style::kDim);
    page.End();
  }
  for (const ClusterChange& change : life.changes) {
    const std::string what =
        change.kind == "merged"
            ? fmt::format("story {} showed {} to be of this", change.story, change.other)
            : fmt::format("with story {}, {} became one of its own", change.story, change.other);
    page.Paragraph(what, 0, Style::kDim);
  }
}

int ShowAll(Archive& archive, const ClustersCommand& command, Output& output) {
  const auto clusters = archive.FindClusters(command.filter);
  if (!clusters) return Complain(clusters.error());
  const TableForm form = AnswerForm(command.form);
  if (form == TableForm::kCsv) output.Write(record::HeaderRow(Fields(StoryCluster{})));
  for (const StoryCluster& cluster : *clusters) {
    if (form == TableForm::kCsv) output.Write(record::Row(Fields(cluster)));
    if (form == TableForm::kJsonLines) output.Write(serve::ClusterLine(cluster) + "\n");
    if (form != TableForm::kText) continue;
    Page page(PageFor(command.color));
    AddHead(cluster, page);
    output.Write(page.Take());
  }
  if (clusters->empty()) Say("nothing found");
  return EndAnswer(output, clusters->empty() ? kSomeFailed : kAllRead);
}

int ShowOne(Archive& archive, const ClustersCommand& command, Output& output) {
  const auto number = archive.FindStory(command.id);
  if (!number) return Complain(number.error());
  const auto life = archive.LoadCluster(*number);
  if (!life) return Complain(life.error());
  const TableForm form = AnswerForm(command.form);
  if (form == TableForm::kJsonLines) output.Write(serve::ClusterLine(*life) + "\n");
  if (form == TableForm::kCsv) {
    output.Write(record::HeaderRow(Fields(*life, {})));
    for (const ClusterStory& story : life->stories) output.Write(record::Row(Fields(*life, story)));
  }
  if (form == TableForm::kText) {
    Page page(PageFor(command.color));
    AddLife(*life, page);
    output.Write(page.Take());
  }
  return EndAnswer(output, kAllRead);
}

}  // namespace

int RunClusters(const ClustersCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  Output output(STDOUT_FILENO);
  return command.id.empty() ? ShowAll(*archive, command, output)
                            : ShowOne(*archive, command, output);
}

}  // namespace dateline::cli
