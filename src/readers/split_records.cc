// The formats whose records are found by looking at every byte: JSON, XML, tables, wire messages.
#include <algorithm>
#include <utility>

#include "readers/csv_records.h"
#include "readers/json_records.h"
#include "readers/record_splitter.h"
#include "readers/sniff.h"
#include "readers/xml_records.h"

namespace dateline::readers {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// When the first record of a file fills just its line, the file is taken for JSON lines and every
// line is a record of its own: a broken line then costs that line and nothing else.
class JsonSplitter final : public RecordSplitter {
 public:
  using RecordSplitter::RecordSplitter;

 protected:
  Step Look(std::string_view bytes, bool in_record, bool /*last*/) override {
    if (!in_record) {
      if (stream().offset() == 0 && bytes.starts_with(kByteOrderMark))
        return {Step::Kind::kGap, kByteOrderMark.size()};
      Settle(bytes);
      const std::size_t gap = Gap(bytes);
      if (gap > 0 || bytes.empty()) return {Step::Kind::kGap, gap};
      scanner_.Reset();
    }
    return Inside(bytes);
  }

  void Reset() override { scanner_.Reset(); }

 private:
  /// By what follows the first record.
  void Settle(std::string_view bytes) {
    if (!ended_ || settled_ || bytes.empty()) return;
    settled_ = true;
    by_lines_ = !newline_inside_ && (bytes[0] == '\n' || bytes[0] == '\r');
  }

  /// How many bytes lie before the next record.
  std::size_t Gap(std::string_view bytes) {
    RecordScanner probe;
    std::size_t at = 0;
    while (at < bytes.size() && probe.Next(bytes[at]) == RecordScanner::Step::kOutside) ++at;
    return at;
  }

  Step Inside(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      at += scanner_.Plain(bytes.substr(at));
      if (at == bytes.size()) break;
      const auto step = scanner_.Next(bytes[at]);
      if (step == RecordScanner::Step::kEnd) return End(at + 1);
      if (step == RecordScanner::Step::kBroken) return End(at);
      if (bytes[at] != '\n') continue;
      if (by_lines_) return End(at);
      newline_inside_ = true;
    }
    return {Step::Kind::kMore, bytes.size()};
  }

  Step End(std::size_t size) {
    scanner_.Reset();
    ended_ = true;
    return {Step::Kind::kRecord, size};
  }

  RecordScanner scanner_;
  bool ended_ = false;  ///< the first record has
  bool settled_ = false;
  bool by_lines_ = false;
  bool newline_inside_ = false;
};

class XmlSplitter final : public RecordSplitter {
 public:
  using RecordSplitter::RecordSplitter;

 protected:
  Step Look(std::string_view bytes, bool /*in_record*/, bool last) override {
    auto step = scanner_.Look(bytes, last);
    if (step.kind == XmlScanner::Step::Kind::kBegin && step.size == 0)
      step = scanner_.Look(bytes, last);
    if (step.kind == XmlScanner::Step::Kind::kEnd || step.kind == XmlScanner::Step::Kind::kBroken)
      return {Step::Kind::kRecord, step.size};
    const bool begins = step.kind == XmlScanner::Step::Kind::kBegin;
    return {scanner_.in_record() && !begins ? Step::Kind::kMore : Step::Kind::kGap, step.size};
  }

  void Reset() override { scanner_.Reset(); }

  void Pass(std::string_view gap) override {
    if (context_ == nullptr) head_.append(gap.substr(0, kLongestContext - head_.size()));
  }

  Result<InputPiece> Finish(InputPiece piece) override {
    if (context_ == nullptr) context_ = std::make_shared<const std::string>(std::move(head_));
    piece.context = context_;
    return piece;
  }

  std::optional<Error> AtEnd(std::uint64_t records) override {
    if (records > 0) return std::nullopt;
    return NoXmlRecords(scanner_.root());
  }

 private:
  static constexpr std::size_t kLongestContext = std::size_t{1} << 20U;
  XmlScanner scanner_;
  std::string head_;
  std::shared_ptr<const std::string> context_;
};

class CsvSplitter final : public RecordSplitter {
 public:
  CsvSplitter(std::unique_ptr<Window> stream, std::string path, const InputOptions& options,
              std::string head)
      : RecordSplitter(std::move(stream), std::move(path), options, Format::kCsv),
        scanner_(head[0]),
        context_(std::make_shared<const std::string>(std::move(head))) {}

 protected:
  Step Look(std::string_view bytes, bool in_record, bool last) override {
    if (!in_record) {
      const std::size_t blank = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
      if (blank > 0 || bytes.empty()) return {Step::Kind::kGap, blank};
    }
    if (const auto end = scanner_.FindEnd(bytes)) return {Step::Kind::kRecord, *end};
    if (last && scanner_.quoted()) {
      // Quotes that never close: only the first line is lost to them.
      const std::size_t line = stream().bytes().find('\n');
      scanner_.Reset();
      if (line != std::string_view::npos) return {Step::Kind::kCut, line + 1};
    }
    return {Step::Kind::kMore, bytes.size()};
  }

  void Reset() override { scanner_.Reset(); }

  Result<InputPiece> Finish(InputPiece piece) override {
    piece.context = context_;
    return piece;
  }

  std::optional<Error> AtEnd(std::uint64_t records) override {
    if (records > 0) return std::nullopt;
    return Error{ErrorCode::kNoStory, "a table with a header and no records", ""};
  }

 private:
  CsvScanner scanner_;
  std::shared_ptr<const std::string> context_;
};

class Iptc7901Splitter final : public RecordSplitter {
 public:
  using RecordSplitter::RecordSplitter;

 protected:
  Step Look(std::string_view bytes, bool in_record, bool /*last*/) override {
    if (!in_record) {
      const std::size_t begin = std::min(bytes.find(kBegin), bytes.size());
      if (begin > 0 || bytes.empty()) return {Step::Kind::kGap, begin};
    }
    const std::size_t at = bytes.find_first_of(kMarks, in_record ? 0 : 1);
    if (at == std::string_view::npos) return {Step::Kind::kMore, bytes.size()};
    return {Step::Kind::kRecord, bytes[at] == kBegin ? at : at + 1};
  }

  void Reset() override {}

 private:
  static constexpr char kBegin = '\x01';
  static constexpr std::string_view kMarks = "\x01\x04";  // the next message, or the end of this
};

/// Whether a map names columns by their places alone: then there is no header to read.
bool ByPlacesOnly(const ColumnMap& map) {
  return !map.columns.empty() && std::ranges::all_of(map.columns, [](const auto& pair) {
    return pair.second.empty() || pair.second.starts_with('#');
  });
}

}  // namespace

Error NoXmlRecords(std::string_view root) {
  const std::string_view name = LocalName(root);
  if (name == "rss" || name == "RDF" || name == "feed" || name == "newsMessage" || name == "NewsML")
    return {ErrorCode::kNoStory, "a feed without items", ""};
  if (root.empty()) return {ErrorCode::kMalformed, "XML without an element", ""};
  return {ErrorCode::kUnsupported,
          "XML of a kind that is not read (its root is " + std::string(root) +
              "); RSS, Atom, NewsML-G2, NITF and NewsML 1 are",
          ""};
}

Pieces SplitJson(std::unique_ptr<Window> stream, std::string path, const InputOptions& options) {
  return std::make_unique<JsonSplitter>(std::move(stream), std::move(path), options, Format::kJson);
}

Pieces SplitXml(std::unique_ptr<Window> stream, std::string path, const InputOptions& options) {
  return std::make_unique<XmlSplitter>(std::move(stream), std::move(path), options, Format::kXml);
}

Pieces SplitIptc7901(std::unique_ptr<Window> stream, std::string path,
                     const InputOptions& options) {
  return std::make_unique<Iptc7901Splitter>(std::move(stream), std::move(path), options,
                                            Format::kIptc7901);
}

/// The context of a record is the delimiter and the header.
Pieces SplitCsv(std::unique_ptr<Window> stream, std::string path, const InputOptions& options) {
  std::string_view head = stream->Peek(kSniffBytes);
  if (head.starts_with(kByteOrderMark)) {
    stream->Consume(kByteOrderMark.size());
    head = stream->bytes();
  }
  std::string context(1, FindDelimiter(head));
  if (!ByPlacesOnly(options.columns)) {
    CsvScanner scanner(context[0]);
    const std::size_t size = scanner.FindEnd(head).value_or(head.size());
    context += head.substr(0, size);
    stream->Consume(size);
  }
  return std::make_unique<CsvSplitter>(std::move(stream), std::move(path), options,
                                       std::move(context));
}

}  // namespace dateline::readers
