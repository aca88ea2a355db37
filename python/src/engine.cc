// Engine, read_many and pieces of input for Python. No lock of Python's is held while stories are
// read; items are fetched from Python by the thread that asks for the next story, and by no other.
#include <nanobind/nanobind.h>
#include <nanobind/stl/filesystem.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "bind.h"
#include "reader.h"

namespace dateline::python {
namespace {

using nb::literals::operator""_a;

Format FormatAsked(std::string_view name) {
  if (const auto format = FormatNamed(name)) return *format;
  Raise({ErrorCode::kInvalidArgument,
         "format '" + std::string(name) +
             "' is none of auto, text, json, html, xml, csv, warc, iptc7901",
         ""});
}

ReadSettings SettingsOf(const std::optional<std::string>& date, bool layout) {
  ReadSettings settings{.date = {}, .layout = layout};
  if (date) settings.date = ValueOrRaise(ParseDate(*date));
  return settings;
}

/// What Python hands in as one item: str and a mapping of fields are text and JSON, bytes are told
/// by their first ones, a Piece says itself what it is.
Item PieceOf(nb::handle item, const std::optional<std::string>& format) {
  if (Item piece; nb::try_cast<Item>(item, piece)) return piece;
  Item piece;
  if (nb::isinstance<nb::str>(item)) {
    piece.bytes = nb::cast<std::string>(item);
    piece.format = FormatAsked(format.value_or("text"));
  } else if (nb::isinstance<nb::bytes>(item)) {
    const auto bytes = nb::borrow<nb::bytes>(item);
    piece.bytes.assign(bytes.c_str(), bytes.size());
    piece.format = FormatAsked(format.value_or("auto"));
  } else if (PyMapping_Check(item.ptr()) != 0 && !nb::isinstance<nb::list>(item)) {
    const auto dumps = nb::module_::import_("json").attr("dumps");
    const auto in_words = nb::module_::import_("builtins").attr("str");  // dates and such
    piece.bytes = nb::cast<std::string>(dumps(nb::borrow(item), "default"_a = in_words));
    piece.format = Format::kJson;
  } else {
    Raise({ErrorCode::kInvalidArgument,
           "an item must be str, bytes, a mapping of fields, a path or a Piece, not " +
               std::string(nb::type_name(item.type()).c_str()),
           ""});
  }
  return piece;
}

/// What read_many returns: an iterator over stories.
class Stories {
 public:
  struct Limits {
    std::size_t items = 16;
    std::uint64_t bytes = 64U << 20U;
  };

  Stories(std::shared_ptr<Reader> reader, nb::iterator items, std::optional<std::string> format,
          const ReadSettings& settings, unsigned threads, bool raise)
      : items_(std::move(items)),
        format_(std::move(format)),
        limits_{.items = std::size_t{8} * threads},
        raise_(raise),
        queue_(std::make_unique<ReadQueue>(std::move(reader), settings, threads)) {}
  Stories(Stories&&) = default;
  Stories(const Stories&) = delete;
  Stories& operator=(const Stories&) = delete;
  ~Stories() {
    const nb::gil_scoped_release unlocked;
    queue_.reset();
  }

  nb::object Next() {
    while (ready_.empty()) {
      Fill();
      if (queue_->pending() == 0) throw nb::stop_iteration();
      Take(Wait());
    }
    const nb::object next = std::move(ready_.front());
    ready_.pop_front();
    return next;
  }

 private:
  /// Fetches items while there is room.
  void Fill() {
    while (!ended_ && queue_->pending() < limits_.items &&
           (queue_->pending() == 0 || queue_->pending_bytes() < limits_.bytes)) {
      PyObject* item = PyIter_Next(items_.ptr());
      if (item == nullptr) {
        ended_ = true;
        if (PyErr_Occurred() != nullptr) throw nb::python_error();
        return;
      }
      queue_->Push(PieceOf(nb::steal(item), format_));
    }
  }

  ReadOutcome Wait() {
    const nb::gil_scoped_release unlocked;
    return queue_->Pop();
  }

  void Take(ReadOutcome outcome) {
    for (const StoryPointer& story : outcome.stories) ready_.push_back(nb::cast(story));
    for (const Error& problem : outcome.problems) {
      if (raise_) Raise(problem);
      ready_.push_back(MakeError(problem));
    }
  }

  nb::object items_;
  std::optional<std::string> format_;
  Limits limits_;
  bool raise_;
  bool ended_ = false;
  std::deque<nb::object> ready_;
  std::unique_ptr<ReadQueue> queue_;
};

/// Every piece of a file, one after the other.
class Pieces {
 public:
  explicit Pieces(InputReader reader) : reader_(std::move(reader)) {}

  Item Next() {
    std::optional<Result<InputPiece>> next;
    std::uint32_t ordinal = 0;
    do {
      const nb::gil_scoped_release unlocked;
      ordinal = ordinal_++;
      next = reader_.Next();
    } while (next && !*next && next->error().code == ErrorCode::kNoStory);
    if (!next) throw nb::stop_iteration();
    return {ValueOrRaise(*std::move(next)), ordinal};
  }

 private:
  InputReader reader_;
  std::uint32_t ordinal_ = 0;  ///< of the next piece
};

std::vector<StoryPointer> ReadAll(Reader& reader, nb::handle item,
                                  const std::optional<std::string>& format,
                                  const std::optional<std::string>& date, bool layout) {
  const Item piece = PieceOf(item, format);
  const ReadSettings settings = SettingsOf(date, layout);
  ReadOutcome outcome;
  {
    const nb::gil_scoped_release unlocked;
    outcome = reader.Read(piece, settings);
  }
  if (!outcome.problems.empty() && outcome.problems.front().code != ErrorCode::kNoStory)
    Raise(outcome.problems.front());
  return std::move(outcome.stories);
}

StoryPointer ReadOne(Reader& reader, nb::handle item, const std::optional<std::string>& format,
                     const std::optional<std::string>& date, bool layout) {
  const auto stories = ReadAll(reader, item, format, date, layout);
  if (stories.empty())
    Raise({ErrorCode::kNoStory, "there is no story in it: no letter of text", ""});
  if (stories.size() > 1)
    Raise({ErrorCode::kInvalidArgument,
           "there are " + std::to_string(stories.size()) + " stories in it; use read_all", ""});
  return stories.front();
}

void OpenReader(Reader* self, const std::optional<std::filesystem::path>& tables,
                const std::vector<std::filesystem::path>& data) {
  auto engine = [&] {
    const nb::gil_scoped_release unlocked;
    return Engine::Open({.tables = tables.value_or(""), .model = {}, .overlays = data});
  }();
  new (self) Reader(ValueOrRaise(std::move(engine)));
}

std::unique_ptr<Stories> ReadMany(const std::shared_ptr<Reader>& reader, nb::object items,
                                  unsigned threads, const std::optional<std::string>& format,
                                  const std::optional<std::string>& date, bool layout,
                                  std::string_view errors) {
  if (errors != "raise" && errors != "return")
    Raise({ErrorCode::kInvalidArgument, "errors must be 'raise' or 'return'", ""});
  const auto expand = nb::module_::import_("dateline._items").attr("expand");
  return std::make_unique<Stories>(reader, nb::iter(expand(items)), format,
                                   SettingsOf(date, layout), std::max(1U, threads),
                                   errors == "raise");
}

}  // namespace

void BindEngine(nb::module_& module) {
  nb::class_<Item>(module, "Piece",
                   "One story's worth of a file: a whole text, a record of a dump.")
      .def_prop_ro("bytes", [](const Item& p) { return nb::bytes(p.bytes.data(), p.bytes.size()); })
      .def_ro("path", &InputPiece::path)
      .def_ro("line", &InputPiece::line, "1-based; 0 where lines do not count.")
      .def_ro("record", &InputPiece::record, "1-based; 0 for a whole file.")
      .def_ro("offset", &InputPiece::offset);

  nb::class_<Pieces>(module, "Pieces", "An iterator over the pieces of a file.")
      .def(
          "__iter__", [](nb::handle self) { return self; }, nb::sig("def __iter__(self) -> Pieces"))
      .def("__next__", &Pieces::Next);
  module.def(
      "pieces",
      [](const std::filesystem::path& path, std::string_view format) {
        const InputOptions options{.format = FormatAsked(format)};
        return std::make_unique<Pieces>(ValueOrRaise(InputReader::Open(path.string(), options)));
      },
      "path"_a, "format"_a = "auto",
      nb::sig("def pieces(path: str | os.PathLike[str], format: str = 'auto') -> Pieces"),
      "The pieces of a file (text, JSON lines, feed, web archive …; packed or not), one at a "
      "time.");

  nb::class_<Stories>(module, "Stories", "An iterator over the stories that read_many reads.")
      .def(
          "__iter__", [](nb::handle self) { return self; },
          nb::sig("def __iter__(self) -> Stories"))
      .def("__next__", &Stories::Next, nb::sig("def __next__(self) -> Story"));

  nb::class_<Reader>(
      module, "Engine",
      "Reads stories. Opened once, shared by any number of threads; no lock of Python's is "
      "held while it reads.")
      .def("__init__", OpenReader, "tables"_a = nb::none(),
           "data"_a = std::vector<std::filesystem::path>(),
           nb::sig("def __init__(self, tables: str | os.PathLike[str] | None = None, "
                   "data: typing.Sequence[str | os.PathLike[str]] = ()) -> None"),
           "`tables`: dateline.tables, when it is not to be found by itself. `data`: folders of "
           "tables that "
           "add to it; later ones win.")
      .def("read", ReadOne, "item"_a, "format"_a = nb::none(), "date"_a = nb::none(),
           "layout"_a = true,
           nb::sig(
               "def read(self, item: str | bytes | typing.Mapping[str, typing.Any] | Piece, "
               "format: str | None = None, date: str | None = None, layout: bool = True) -> Story"),
           "The one story in `item`: text, bytes of any form, or a mapping of fields ('text', "
           "'headline', "
           "'date', 'id' …).\n\n`format`: 'text' for str and 'auto' for bytes unless given. "
           "`date`: the day "
           "of publication when the story states none. `layout`: False when all of the text is "
           "prose.")
      .def(
          "read_all", ReadAll, "item"_a, "format"_a = nb::none(), "date"_a = nb::none(),
          "layout"_a = true,
          nb::sig("def read_all(self, item: str | bytes | typing.Mapping[str, typing.Any] | Piece, "
                  "format: str | None = None, date: str | None = None, layout: bool = True) -> "
                  "list[Story]"),
          "All stories in `item`, none or many.")
      .def("read_many", ReadMany, "items"_a, "threads"_a = 1U, "format"_a = nb::none(),
           "date"_a = nb::none(), "layout"_a = true, "errors"_a = "raise",
           nb::sig(
               "def read_many(self, items: typing.Iterable[str | bytes | typing.Mapping[str, "
               "typing.Any] "
               "| os.PathLike[str] | Piece], threads: int = 1, format: str | None = None, "
               "date: str | None = None, layout: bool = True, errors: str = 'raise') -> Stories"),
           "An iterator over the stories of all items, in order, read on `threads` threads while a "
           "bounded "
           "number of items is under way. A path stands for the pieces of a file.\n\nAn item that "
           "cannot be "
           "read raises at its place; with `errors='return'` its DatelineError stands there "
           "instead of a story.")
      .def("version", &Reader::Version, "What records are made with: version, tables, model.")
      .def("__repr__",
           [](const Reader& reader) { return "<dateline.Engine " + reader.Version() + ">"; });
}

}  // namespace dateline::python
