/// The engine: opened once, shared by any number of threads, bytes in, stories out.
///
///   auto engine = dateline::Engine::Open({});
///   dateline::Scratch scratch;
///   auto stories = engine->Read(bytes, {.path = "story.txt"}, scratch);
///   for (const auto& story : *stories) std::puts(dateline::WriteRecord(story).c_str());
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/columns.h"
#include "dateline/date.h"
#include "dateline/result.h"
#include "dateline/story.h"

namespace dateline {

enum class Format : std::uint8_t {
  kAuto,  ///< told by the first bytes
  kText,
  kJson,  ///< objects, an array of them, JSON lines, JSON Feed, ninjs
  kHtml,
  kXml,       ///< RSS, Atom, NewsML-G2, NITF, NewsML 1
  kCsv,       ///< a table with a header; commas, tabs, semicolons or bars between its cells
  kWarc,      ///< records of a web archive
  kIptc7901,  ///< messages of a wire in teleprinter form
};

/// What options, archives and other programs call the formats, in the order of Format.
inline constexpr std::array<std::string_view, 8> kFormatNames = {
    "auto", "text", "json", "html", "xml", "csv", "warc", "iptc7901"};
constexpr std::string_view FormatName(Format format) {
  return kFormatNames.at(static_cast<std::size_t>(format));
}
/// The format of that name; none where there is no such name.
constexpr std::optional<Format> FormatNamed(std::string_view name) {
  for (std::size_t i = 0; i < kFormatNames.size(); ++i) {
    if (kFormatNames.at(i) == name) return static_cast<Format>(i);
  }
  return std::nullopt;
}

struct EngineOptions {
  /// The compiled tables. Empty: $DATELINE_TABLES, else `share/dateline/dateline.tables` beside or
  /// above the library or the program, else the place it was installed to. `gazetteer.tables` lies
  /// beside it.
  std::filesystem::path tables;
  /// The language model. Empty: $DATELINE_MODEL, else `english.dlm` beside the compiled tables.
  std::filesystem::path model;
  /// The attribution model. Empty: $DATELINE_ATTRIBUTIONS, else `attributions.dlm` beside the
  /// compiled tables.
  std::filesystem::path attributions{};
  /// Folders of tables that add to or replace rows of the compiled ones; later ones win.
  std::vector<std::filesystem::path> overlays;
};

struct ReadOptions {
  Format format = Format::kAuto;
  std::string path{};             ///< for messages and Source::path; may be empty
  std::uint32_t first_index = 0;  ///< Source::index of the first story
  /// What stands before a record in its file and is needed to read it (see InputPiece::context).
  std::string_view context{};
  const ColumnMap* columns = nullptr;  ///< where JSON records and tables hold what; may be null
  /// The longest body that a compressed HTTP response in a web archive may have.
  std::uint64_t max_body_bytes = 16U << 20U;
  bool analyse = true;  ///< false: reading stage alone (text, article), no analysis
  /// False (`dateline read --plain`): the whole text is prose. Every stretch between blank lines is
  /// one block of kind paragraph; no line is taken for a headline, credit, link … and nothing is
  /// set aside or split into several stories. Fields that JSON input carries (id, headline, date)
  /// stay.
  bool layout = true;
  /// Keeps what else the name of a place may mean, Place::score and Place::alternatives, and every
  /// rule of events that was tried, Story::candidates.
  bool explain = false;
  std::optional<Date> date{};  ///< the day of publication, for stories that do not state one
};

/// Stories, or inputs of one story, that are worth reading at once: more gain little and take
/// memory.
inline constexpr std::size_t kReadTogether = 32;

/// One file, or one record of a dump. The bytes must outlive the call they are handed to.
struct ReadInput {
  std::string_view bytes;
  ReadOptions options{};
};

/// What a piece of input gave: stories, and for each record in it that gave none the reason.
struct ReadResult {
  std::vector<Story> stories;
  std::vector<Error> problems;
};

/// Working memory of one thread, reused from story to story. Not thread-safe; lend it to one call
/// at a time.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

  struct State;
  [[nodiscard]] State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// Immutable after Open; two engines may live in one process. Thread-safe.
class Engine {
 public:
  /// Maps and checks the tables and the model. kNotFound when there are none, kMalformed when a
  /// checksum or a row is wrong (`where` is file:line for overlays) or a self-test of the model
  /// fails.
  static Result<Engine> Open(const EngineOptions& options);

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Reads every story in `bytes` (one file or one record of a dump), all or none. Bytes that
  /// cannot be read as stories give an error whose `where` is "path@offset" or "path:line"; invalid
  /// characters are replaced and counted in Source::replaced. Text without any letter gives an
  /// empty vector.
  [[nodiscard]] Result<std::vector<Story>> Read(std::string_view bytes, const ReadOptions& options,
                                                Scratch& scratch) const;

  /// The same, record by record: what is wrong with one does not cost the others.
  [[nodiscard]] ReadResult ReadAll(std::string_view bytes, const ReadOptions& options,
                                   Scratch& scratch) const;

  /// The same of several inputs at once, a result for each: faster than one after the other, since
  /// their stories go through each stage together.
  [[nodiscard]] std::vector<ReadResult> ReadAll(std::span<const ReadInput> inputs,
                                                Scratch& scratch) const;

  /// "dateline 0.1.0, tables 3f9c…, model english 2026-11-24 …": what a record was made with.
  [[nodiscard]] std::string Version() const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace dateline
