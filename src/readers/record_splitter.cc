#include "readers/record_splitter.h"

#include <algorithm>
#include <utility>

namespace dateline::readers {

std::optional<Result<InputPiece>> RecordSplitter::Next() {
  for (;;) {
    auto record = NextRecord();
    if (!record || options_.from == 0) return record;
    if (!std::exchange(jumped_, true)) {
      // Only now are the head of the file and its kind of records known.
      if (record->has_value() && (*record)->offset >= options_.from) return record;
      const std::uint64_t here = stream_->offset();
      if (options_.from > here && !stream_->Discard(options_.from - here)) done_ = true;
      Reset();
      continue;
    }
    if (record->has_value()) {
      if ((*record)->offset < options_.from) continue;
      (*record)->line = 0;
      (*record)->record = 0;
    }
    return record;
  }
}

std::optional<Result<InputPiece>> RecordSplitter::NextRecord() {
  Record record;
  while (!done_) {
    if (auto result = Advance(record)) return result;
  }
  return std::nullopt;
}

std::string RecordSplitter::Place(const Record& record) const {
  return path_ + "@" + std::to_string(record.offset);
}

std::optional<Result<InputPiece>> RecordSplitter::Advance(Record& record) {
  if (!record.open()) {
    record.line = stream_->line();
    record.offset = stream_->offset();
  }
  const std::string_view rest = stream_->bytes().substr(record.looked);
  const Step step = Look(rest, record.open(), last_);
  if (step.kind == Step::Kind::kGap) {
    Pass(rest.substr(0, step.size));
    stream_->Consume(step.size);
    if (step.size > 0) return std::nullopt;
  }
  if (step.kind == Step::Kind::kRecord || step.kind == Step::Kind::kCut) return End(record, step);
  record.looked += step.size;
  if (record.dropped > 0 || record.looked > options_.max_piece_bytes) {
    record.dropped += record.looked;
    stream_->Consume(record.looked);
    record.looked = 0;
  }
  if (stream_->More()) return std::nullopt;
  return Starve(record);
}

std::optional<Result<InputPiece>> RecordSplitter::End(Record& record, Step step) {
  const Record whole = std::exchange(record, {});
  const std::size_t size = step.size + (step.kind == Step::Kind::kCut ? 0 : whole.looked);
  ++records_;
  if (whole.dropped > 0 || size > options_.max_piece_bytes) {
    stream_->Consume(size);
    return Fail(ErrorCode::kTooLarge,
                "the record has more than " + std::to_string(options_.max_piece_bytes) +
                    " bytes; raise --max-bytes to read it",
                Place(whole));
  }
  InputPiece piece{.bytes = std::string(stream_->bytes().substr(0, size)),
                   .format = format_,
                   .path = path_,
                   .line = whole.line,
                   .record = records_,
                   .offset = whole.offset};
  stream_->Consume(size);
  return Finish(std::move(piece));
}

/// No more bytes come: for good, or because some could not be had.
std::optional<Result<InputPiece>> RecordSplitter::Starve(Record& record) {
  if (auto failure = stream_->TakeFailure()) {
    failure->where = record.open() ? Place(record) : path_;
    stream_->Consume(stream_->bytes().size());
    record = {};
    Reset();
    return std::unexpected(*std::move(failure));
  }
  if (!std::exchange(last_, true)) return std::nullopt;
  done_ = true;
  if (record.open() || !stream_->bytes().empty()) {
    const std::size_t rest = stream_->bytes().size() - record.looked;
    return End(record, {Step::Kind::kRecord, rest});
  }
  if (auto error = AtEnd(records_)) {
    if (error->where.empty()) error->where = path_;
    return std::unexpected(*std::move(error));
  }
  return std::nullopt;
}

}  // namespace dateline::readers
