// The public door to files and streams; the work is in open_pieces.cc and the splitters.
#include <utility>

#include "dateline/input.h"
#include "readers/byte_source.h"
#include "readers/splitters.h"

namespace dateline {

struct InputReader::Impl {
  readers::Pieces pieces;  ///< null until the first call of Next
  std::unique_ptr<readers::ByteSource> source;
  std::string path;
  InputOptions options;
};

InputReader::InputReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
InputReader::InputReader(InputReader&&) noexcept = default;
InputReader& InputReader::operator=(InputReader&&) noexcept = default;
InputReader::~InputReader() = default;

Result<InputReader> InputReader::Open(const std::string& path, const InputOptions& options) {
  DATELINE_TRY(auto source, readers::OpenFile(path));
  return InputReader(std::make_unique<Impl>(Impl{nullptr, std::move(source), path, options}));
}

std::optional<Result<InputPiece>> InputReader::Next() {
  Impl& in = *impl_;
  if (in.pieces == nullptr)
    in.pieces = readers::OpenPieces(std::move(in.source), in.path, in.options);
  return in.pieces->Next();
}

}  // namespace dateline
