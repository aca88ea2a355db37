/// Streams to pieces: where one record ends and the next begins, in each format.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "dateline/input.h"
#include "readers/window.h"

namespace dateline::readers {

/// A sequence of pieces; see InputReader::Next for its errors.
class PieceSource {
 public:
  PieceSource() = default;
  PieceSource(const PieceSource&) = delete;
  PieceSource& operator=(const PieceSource&) = delete;
  virtual ~PieceSource() = default;
  virtual std::optional<Result<InputPiece>> Next() = 0;
};

using Pieces = std::unique_ptr<PieceSource>;

/// `path` is that of the pieces. The stream stands at its begin.
Pieces SplitWhole(std::unique_ptr<Window> stream, std::string path, const InputOptions& options,
                  Format format);
Pieces SplitJson(std::unique_ptr<Window> stream, std::string path, const InputOptions& options);
Pieces SplitXml(std::unique_ptr<Window> stream, std::string path, const InputOptions& options);
Pieces SplitCsv(std::unique_ptr<Window> stream, std::string path, const InputOptions& options);
Pieces SplitWarc(std::unique_ptr<Window> stream, std::string path, const InputOptions& options);
Pieces SplitIptc7901(std::unique_ptr<Window> stream, std::string path, const InputOptions& options);

/// The pieces of any stream: it is unpacked as its first bytes ask for and split as what it then
/// looks like (options.format kAuto) or is said to be.
Pieces OpenPieces(std::unique_ptr<ByteSource> source, std::string path,
                  const InputOptions& options);

}  // namespace dateline::readers
