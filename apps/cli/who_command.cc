#include "who_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

constexpr std::size_t kInset = 4;

std::string Days(const std::optional<std::string>& first, const std::optional<std::string>& last) {
  if (!first) return "";
  return first == last ? *first : fmt::format("{} to {}", *first, last.value_or(""));
}

std::string Names(const Identity& identity, std::string_view between) {
  return record::Joined(identity.aliases, [](const std::string& name) { return name; }, between);
}

std::string About(const Identity& identity) {
  std::string about = identity.type;
  if (identity.country) about += fmt::format(" · {}", *identity.country);
  about += fmt::format(" · {}", Counted(identity.stories, "story", "stories"));
  const std::string days = Days(identity.first_day, identity.last_day);
  if (!days.empty()) about += fmt::format(" · {}", days);
  return about + fmt::format(" · sure {:.2f}", identity.confidence);
}

std::string Office(const IdentityRole& role) {
  std::string office = role.time ? fmt::format("{} {}", *role.time, role.title) : role.title;
  if (role.of) office += fmt::format(" ({})", *role.of);
  return office;
}

void AddHead(const Identity& identity, Page& page) {
  page.Begin(0, 2);
  page.Add(fmt::format("{} ", identity.identity), Style::kDim);
  page.Add(identity.name, Style::kBold);
  page.End();
  page.Paragraph(About(identity), kInset, Style::kDim);
  if (!identity.aliases.empty()) page.Paragraph("also " + Names(identity, ", "), kInset);
}

void AddLife(const IdentityLife& life, Page& page) {
  AddHead(life.identity, page);
  if (!life.roles.empty()) page.EmptyLine();
  for (const IdentityRole& role : life.roles) {
    page.Begin(0, kInset);
    page.Add(fmt::format("{:<25}", Days(role.first_day, role.last_day)), Style::kDim);
    page.Add(Office(role));
    page.Add(fmt::format(" · {}", Counted(role.stories, "story", "stories")), Style::kDim);
    page.End();
  }
  page.EmptyLine();
  for (const IdentityEvidence& each : life.evidence) {
    page.Begin(0, kInset);
    page.Add(fmt::format("{:<11}{} e{} ", each.published.value_or("").substr(0, 10), each.story,
                         each.entity + 1),
             Style::kDim);
    page.Add(each.name);
    page.Add(fmt::format(" · {} {:.2f}", each.reason, each.confidence), Style::kDim);
    if (each.correction) page.Add(fmt::format(" · correction {}", *each.correction));
    if (!each.headline.empty()) page.Add(fmt::format(" · {}", each.headline), Style::kDim);
    page.End();
  }
}

record::Fields Fields(const Identity& identity) {
  return {{"identity", fmt::format("{}", identity.identity)},
          {"type", identity.type},
          {"name", identity.name},
          {"aliases", Names(identity, "|")},
          {"country", identity.country.value_or("")},
          {"stories", fmt::format("{}", identity.stories)},
          {"first_day", identity.first_day.value_or("")},
          {"last_day", identity.last_day.value_or("")},
          {"confidence", fmt::format("{}", identity.confidence)}};
}

record::Fields Fields(const Identity& identity, const IdentityEvidence& each) {
  return {{"identity", fmt::format("{}", identity.identity)},
          {"story", fmt::format("{}", each.story)},
          {"entity", fmt::format("e{}", each.entity + 1)},
          {"name", each.name},
          {"confidence", fmt::format("{}", each.confidence)},
          {"reason", each.reason},
          {"published", each.published.value_or("")},
          {"headline", each.headline},
          {"correction", each.correction ? fmt::format("{}", *each.correction) : ""}};
}

/// "17": an identity.
std::optional<std::int64_t> NumberIn(std::string_view name) {
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || stop != name.data() + name.size()) return std::nullopt;
  return number;
}

void ShowOne(const IdentityLife& life, TableForm form, ColorChoice color, Output& output) {
  if (form == TableForm::kJsonLines) output.Write(serve::IdentityLine(life) + "\n");
  if (form == TableForm::kCsv) {
    output.Write(record::HeaderRow(Fields(life.identity, IdentityEvidence{})));
    for (const IdentityEvidence& each : life.evidence) {
      output.Write(record::Row(Fields(life.identity, each)));
    }
  }
  if (form == TableForm::kText) {
    Page page(PageFor(color));
    AddLife(life, page);
    output.Write(page.Take());
  }
}

int ShowFound(Archive& archive, const WhoCommand& command, Output& output) {
  const auto found = archive.FindIdentities(command.filter);
  if (!found) return Complain(found.error());
  const TableForm form = AnswerForm(command.form);
  if (form == TableForm::kCsv) output.Write(record::HeaderRow(Fields(Identity{})));
  for (const Identity& identity : *found) {
    if (form == TableForm::kCsv) output.Write(record::Row(Fields(identity)));
    const bool whole =
        form == TableForm::kJsonLines || (form == TableForm::kText && found->size() == 1);
    if (whole) {
      const auto life = archive.LoadIdentity(identity.identity);
      if (!life) return Complain(life.error());
      ShowOne(*life, form, command.color, output);
    } else if (form == TableForm::kText) {
      Page page(PageFor(command.color));
      AddHead(identity, page);
      output.Write(page.Take());
    }
  }
  if (found->empty()) Say("nothing found");
  return EndAnswer(output, found->empty() ? kSomeFailed : kAllRead);
}

}  // namespace

int RunWho(const WhoCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  Output output(STDOUT_FILENO);
  const auto number = NumberIn(command.filter.name);
  if (!number) return ShowFound(*archive, command, output);
  const auto life = archive->LoadIdentity(*number);
  if (!life) return Complain(life.error());
  ShowOne(*life, AnswerForm(command.form), command.color, output);
  return EndAnswer(output, kAllRead);
}

}  // namespace dateline::cli
