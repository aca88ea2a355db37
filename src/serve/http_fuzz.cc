// Targets and queries of requests, and bodies of corrections: whatever the bytes, an answer comes
// that is JSON, and none but the statuses that are described.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "dateline/archive.h"
#include "serve/api.h"
#include "serve/guard.h"
#include "serve/page.h"

namespace {

using namespace dateline;

/// An archive with one story, and what answers for it.
struct Bench {
  Bench() {
    path = std::filesystem::temp_directory_path() / ("http_fuzz." + std::to_string(getpid()));
    std::filesystem::remove(path);
    Archive archive = *Archive::Open(path, ArchiveAccess::kWrite);
    archive.BeginRun({.started = "2031-01-01T00:00:00Z", .program = "fuzz"});
    Story story;
    story.id = std::string(32, 'a');
    story.text = "Ann Lee met Bo Lund.";
    story.blocks.push_back({BlockKind::kParagraph, {0, 20}, {}});
    story.sentences.push_back({{0, 20}, BlockIndex{0}});
    Event event;
    event.cameo = "040";
    event.plover = "CONSULT";
    event.trigger = {8, 11};
    event.evidence = {{0, 20}};
    event.source = {{std::nullopt, "CHN", {0, 7}}};
    event.target = {{std::nullopt, "RUS", {12, 19}}};
    event.rule = "040.meet";
    story.events.push_back(event);
    InputPiece piece;
    piece.bytes = story.text;
    const ArchiveInput input = PrepareInput(piece, {story});
    if (!archive.Add(std::span(&input, 1))) std::abort();
    codes.cameo = {{"042", "Make a visit", "CONSULT", 1, 1.9}};
    serve::ApiOptions options;
    options.archive = path;
    options.codes = &codes;
    options.document = "{}";
    options.find_near = [](std::string_view) -> Result<Near> { return Near{55.75, 37.62, 50}; };
    api = std::make_unique<serve::Api>(std::move(options));
    desk = std::make_unique<serve::Desk>(*serve::Desk::Open(path));
    if (!api->Refresh(*desk)) std::abort();
  }
  ~Bench() { std::filesystem::remove(path); }

  std::string path;
  serve::Codes codes;
  std::unique_ptr<serve::Api> api;
  std::unique_ptr<serve::Desk> desk;
};

/// What needs the engine, which is not loaded here.
bool NeedsEngine(const serve::Target& target) {
  if (target.segments.size() < 3) return false;
  const std::string& last = target.segments.back();
  if (last == "explain" || last == "read" || last == "conllu") return true;
  for (const auto& [name, value] : target.query) {
    if (name == "tokens") return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Bench bench;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(bytes.find('\n'), bytes.size());
  serve::Request request;
  request.target = std::string(bytes.substr(0, line));
  request.body = std::string(bytes.substr(std::min(line + 1, bytes.size())));
  request.method = request.body.empty() ? "GET" : "POST";
  request.headers["host"] = "a";
  request.now = 1900000000;
  const auto target = serve::ParseTarget(request.target);
  if (target && NeedsEngine(*target)) return 0;
  const bool adds = target && target->segments.size() == 3 && target->segments[2] == "stories";
  if (adds && request.method == "POST") return 0;
  const serve::Response answer = bench.api->Answer(request, *bench.desk);
  const bool known = answer.status == 200 || answer.status == 201 || answer.status == 304 ||
                     (answer.status >= 400 && answer.status < 423);
  if (!known) std::abort();
  if (answer.stream) answer.stream([](std::string_view) { return true; });
  static_cast<void>(serve::Page({{"/index.html", "text/html", "x"}}).Answer(request));
  return 0;
}
