#include "tables_command.h"

#include <fmt/core.h>

#include <system_error>

#include "messages.h"
#include "tables/compile.h"

namespace dateline::cli {

int RunTablesCheck(const TablesCheckCommand& command) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(command.folder, ignored)) {
    Say(Error{ErrorCode::kNotFound, "no such folder", command.folder.string()});
    return kWrongUsage;
  }
  const auto compiled = tables::CompileFolder(command.folder);
  if (!compiled) {
    Say(compiled.error());
    return kSomeFailed;
  }
  for (const Error& problem : compiled->problems) Say(problem);
  if (!compiled->problems.empty()) return kSomeFailed;
  fmt::print("{}: the tables are in order\n", command.folder.string());
  return kAllRead;
}

}  // namespace dateline::cli
