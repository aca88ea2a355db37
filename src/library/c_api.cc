// The C functions over the C++ ones. What differs: threads need not bring a Scratch, an engine
// lends them; errors wait in a variable of the thread, as errno does.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/pool.h"
#include "dateline.h"
#include "dateline/arrow.h"
#include "dateline/engine.h"
#include "dateline/record.h"

using dateline::Engine;
using dateline::Error;
using dateline::ErrorCode;
using dateline::Fail;
using dateline::Format;
using dateline::Result;
using dateline::Scratch;
using dateline::Story;

struct dateline_engine {
  explicit dateline_engine(Engine opened) : engine(std::move(opened)), version(engine.Version()) {}

  Engine engine;
  std::string version;
  dateline::base::Pool<Scratch> scratches;
};

struct dateline_stories {
  std::vector<Story> stories;
  dateline::RecordOptions options;
  std::vector<std::string> records;  ///< as far as they were asked for; else empty
};

namespace {

/// Why the last call of this thread failed.
struct LastError {
  std::string text;
  int code = DATELINE_OK;
};

LastError& Last() {
  thread_local LastError last;  // what dateline_last_error promises
  return last;
}

constexpr std::array<std::pair<ErrorCode, int>, 7> kCodes{{
    {ErrorCode::kInvalidArgument, DATELINE_INVALID_ARGUMENT},
    {ErrorCode::kNotFound, DATELINE_NOT_FOUND},
    {ErrorCode::kUnreadable, DATELINE_UNREADABLE},
    {ErrorCode::kMalformed, DATELINE_MALFORMED},
    {ErrorCode::kTooLarge, DATELINE_TOO_LARGE},
    {ErrorCode::kUnsupported, DATELINE_UNSUPPORTED},
    {ErrorCode::kNoStory, DATELINE_NO_STORY},
}};

void Note(const Error& error) {
  const auto* found = std::ranges::find(kCodes, error.code, &std::pair<ErrorCode, int>::first);
  Last() = {error.Text(), found == kCodes.end() ? DATELINE_INVALID_ARGUMENT : found->second};
}

/// What `call` gives, or `failed` with the reason noted. Lets no exception out.
template <typename T, typename Call>
T Guarded(T failed, Call call) {
  Last() = {};
  try {
    Result<T> result = call();
    if (result) return *result;
    Note(result.error());
  } catch (const std::bad_alloc&) {
    Note({ErrorCode::kTooLarge, "not enough memory; read less at once", ""});
  } catch (const std::exception& problem) {
    Note({ErrorCode::kUnreadable, problem.what(), ""});
  }
  return failed;
}

/// The caller's options as far as the caller knows them, the rest as nothing.
template <typename Options>
Result<Options> Known(const Options* given) {
  Options options{};
  if (given == nullptr) return options;
  if (given->struct_size < sizeof(given->struct_size) || given->struct_size > sizeof(Options))
    return Fail(ErrorCode::kInvalidArgument,
                "struct_size is not the size of the options; set it to sizeof");
  std::memcpy(&options, given, given->struct_size);
  return options;
}

std::string_view TextOr(const char* text) { return text == nullptr ? "" : text; }

Result<Format> FormatAsked(std::string_view name) {
  if (name.empty()) return Format::kAuto;
  if (const auto format = dateline::FormatNamed(name)) return *format;
  return Fail(
      ErrorCode::kInvalidArgument,
      "format '" + std::string(name) + "' is none of text, json, html, xml, csv, warc, iptc7901");
}

Result<dateline::OffsetUnit> OffsetsNumbered(int number) {
  using enum dateline::OffsetUnit;
  switch (number) {
    case DATELINE_BYTES:
      return kBytes;
    case DATELINE_CHARS:
      return kChars;
    case DATELINE_UTF16:
      return kUtf16;
    default:
      return Fail(ErrorCode::kInvalidArgument,
                  "offsets must be DATELINE_BYTES, DATELINE_CHARS or DATELINE_UTF16");
  }
}

Result<dateline::ReadOptions> ReadingOf(const dateline_read_options& given) {
  dateline::ReadOptions options;
  DATELINE_TRY(options.format, FormatAsked(TextOr(given.format)));
  options.path = TextOr(given.path);
  options.layout = !given.plain;
  if (given.date != nullptr) {
    DATELINE_TRY(options.date, dateline::ParseDate(given.date));
  }
  return options;
}

Result<dateline_engine*> OpenEngine(const dateline_open_options* given) {
  DATELINE_TRY(const auto known, Known(given));
  dateline::EngineOptions options;
  options.tables = TextOr(known.tables);
  for (std::size_t i = 0; i < known.overlay_count; ++i)
    options.overlays.emplace_back(known.overlays[i]);
  DATELINE_TRY(auto engine, Engine::Open(options));
  return std::make_unique<dateline_engine>(std::move(engine)).release();
}

Result<dateline_stories*> ReadStories(dateline_engine* engine, std::string_view bytes,
                                      const dateline_read_options* given) {
  if (engine == nullptr) return Fail(ErrorCode::kInvalidArgument, "no engine; open one first");
  DATELINE_TRY(const auto known, Known(given));
  DATELINE_TRY(const auto options, ReadingOf(known));
  DATELINE_TRY(const auto offsets, OffsetsNumbered(known.offsets));
  auto scratch = engine->scratches.Lend();
  auto stories = engine->engine.Read(bytes, options, *scratch);
  if (!stories) return std::unexpected(std::move(stories).error());
  auto read = std::make_unique<dateline_stories>();
  read->records.resize(stories->size());
  read->stories = *std::move(stories);
  read->options = {.tokens = known.tokens, .offsets = offsets};
  return read.release();
}

Result<const char*> RecordOf(dateline_stories* stories, std::size_t story, std::size_t* size) {
  if (stories == nullptr || story >= stories->stories.size())
    return Fail(ErrorCode::kInvalidArgument,
                "there is no story " + std::to_string(story) + "; see dateline_count");
  std::string& record = stories->records[story];
  if (record.empty()) record = dateline::WriteRecord(stories->stories[story], stories->options);
  if (size != nullptr) *size = record.size();
  return record.c_str();
}

Result<bool> FillColumns(const dateline_stories* stories, ArrowSchema* schema, ArrowArray* array) {
  if (stories == nullptr || schema == nullptr || array == nullptr)
    return Fail(ErrorCode::kInvalidArgument, "stories, schema and array must not be null");
  dateline::StoryColumns columns(
      {.offsets = stories->options.offsets, .tokens = stories->options.tokens});
  for (const Story& story : stories->stories) {
    if (auto added = columns.Add(story); !added) return std::unexpected(std::move(added).error());
  }
  columns.Finish(schema, array);
  return true;
}

}  // namespace

extern "C" {

const char* dateline_version() { return DATELINE_VERSION; }

dateline_engine* dateline_open(const dateline_open_options* options) {
  return Guarded<dateline_engine*>(nullptr, [&] { return OpenEngine(options); });
}

void dateline_close(dateline_engine* engine) {
  const std::unique_ptr<dateline_engine> owned(engine);
}

const char* dateline_engine_version(const dateline_engine* engine) {
  return engine == nullptr ? "" : engine->version.c_str();
}

dateline_stories* dateline_read(dateline_engine* engine, const char* bytes, size_t size,
                                const dateline_read_options* options) {
  return Guarded<dateline_stories*>(nullptr, [&] {
    return ReadStories(engine, bytes == nullptr ? "" : std::string_view(bytes, size), options);
  });
}

void dateline_free(dateline_stories* stories) {
  const std::unique_ptr<dateline_stories> owned(stories);
}

size_t dateline_count(const dateline_stories* stories) {
  return stories == nullptr ? 0 : stories->stories.size();
}

const char* dateline_json(dateline_stories* stories, size_t story, size_t* size) {
  return Guarded<const char*>(nullptr, [&] { return RecordOf(stories, story, size); });
}

bool dateline_arrow(const dateline_stories* stories, ArrowSchema* schema, ArrowArray* array) {
  return Guarded<bool>(false, [&] { return FillColumns(stories, schema, array); });
}

const char* dateline_last_error() { return Last().text.c_str(); }

int dateline_last_error_code() { return Last().code; }

}  // extern "C"
