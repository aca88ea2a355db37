#include "engine/resources.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace dateline::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTablesFile = "dateline.tables";

/// The file that holds this code: the shared library, else the program.
fs::path OwnFile() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&OwnFile), &info) == 0 || info.dli_fname == nullptr)
    return {};
  std::error_code ignored;
  return fs::canonical(info.dli_fname, ignored);
}

/// The folder of shared files that a file in bin/, lib/ or lib/TRIPLET/ has beside it, or in a
/// package that holds both.
std::optional<fs::path> TablesBeside(const fs::path& file) {
  std::error_code ignored;
  for (const char* way : {"", "..", "../.."}) {
    fs::path tables =
        (file.parent_path() / way / "share" / "dateline" / kTablesFile).lexically_normal();
    if (fs::exists(tables, ignored)) return tables;
  }
  return std::nullopt;
}

/// Where the compiled tables lie when the caller does not say: see EngineOptions::tables.
Result<fs::path> FindTables() {
  if (const char* named = std::getenv("DATELINE_TABLES"); named != nullptr && *named != '\0') {
    return fs::path(named);
  }
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (const fs::path& file : {OwnFile(), program}) {
    if (const auto beside = TablesBeside(file)) return *beside;
  }
  fs::path installed = fs::path(DATELINE_INSTALL_PREFIX) / "share" / "dateline" / kTablesFile;
  if (fs::exists(installed, ignored)) return installed;
  return Fail(ErrorCode::kNotFound,
              "no compiled tables there nor at " + installed.string() +
                  "; build the project, or name the file in $DATELINE_TABLES",
              (program.parent_path().parent_path() / "share" / "dateline" / kTablesFile).string());
}

/// A model file: named by the caller, by the environment, else beside the tables; see
/// EngineOptions::model.
fs::path FindModel(const fs::path& named, const char* variable, const fs::path& tables,
                   const char* name) {
  if (!named.empty()) return named;
  if (const char* set = std::getenv(variable); set != nullptr && *set != '\0') return set;
  return tables.parent_path() / name;
}

fs::path FindCoreference(const fs::path& tables) { return tables.parent_path() / "english.dlc"; }

}  // namespace

Result<Resources> Resources::Load(const EngineOptions& options, bool proposals) {
  fs::path file = options.tables;
  if (file.empty()) {
    DATELINE_TRY(file, FindTables());
  }
  DATELINE_TRY(auto tables, tables::Tables::Load(file, options.overlays));
  DATELINE_TRY(auto layouts, article::Layouts::Load(tables));
  DATELINE_TRY(auto html_pages, html::PageReader::Load(tables));
  DATELINE_TRY(auto parser, syntax::Parser::Load(
                                FindModel(options.model, "DATELINE_MODEL", file, "english.dlm")));
  DATELINE_TRY(auto names, names::NameFinder::Load(tables));
  DATELINE_TRY(auto coreference,
               coreference::CoreferenceResolver::Load(tables, FindCoreference(file)));
  DATELINE_TRY(auto times, timex::TimeFinder::Load(tables));
  DATELINE_TRY(const auto towns, tables::Tables::Load(file.parent_path() / "gazetteer.tables", {}));
  DATELINE_TRY(auto places, places::PlaceFinder::Load(tables, towns));
  DATELINE_TRY(auto entities, actors::EntityResolver::Load(tables));
  DATELINE_TRY(auto attributions,
               quotes::AttributionFinder::Load(
                   tables, FindModel(options.attributions, "DATELINE_ATTRIBUTIONS", file,
                                     "attributions.dlm")));
  DATELINE_TRY(auto events, events::EventFinder::Load(
                                tables, proposals ? file.parent_path() / "events.dlm" : fs::path(),
                                parser.Vectors()));
  return Resources{.tables = std::move(tables),
                   .layouts = std::move(layouts),
                   .html_pages = std::move(html_pages),
                   .parser = std::move(parser),
                   .names = std::move(names),
                   .coreference = std::move(coreference),
                   .times = std::move(times),
                   .places = std::move(places),
                   .entities = std::move(entities),
                   .attributions = std::move(attributions),
                   .events = std::move(events)};
}

Result<tables::Tables> LoadTables(const EngineOptions& options) {
  fs::path file = options.tables;
  if (file.empty()) {
    DATELINE_TRY(file, FindTables());
  }
  return tables::Tables::Load(file, options.overlays);
}

Result<places::Gazetteer> LoadGazetteer(const EngineOptions& options) {
  fs::path file = options.tables;
  if (file.empty()) {
    DATELINE_TRY(file, FindTables());
  }
  DATELINE_TRY(const auto tables, tables::Tables::Load(file, options.overlays));
  DATELINE_TRY(const auto towns, tables::Tables::Load(file.parent_path() / "gazetteer.tables", {}));
  return places::Gazetteer::Load(tables, towns);
}

}  // namespace dateline::engine
