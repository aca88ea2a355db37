/// gzip as HTTP sends it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace dateline::serve {

/// Compresses piece by piece, in bounded memory. Same pieces, same bytes.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  /// What can be sent now that `bytes` came; may be empty.
  std::string Add(std::string_view bytes);
  /// The rest.
  std::string Finish();

 private:
  struct State;
  std::string Run(std::string_view bytes, int flush);
  std::unique_ptr<State> state_;
};

std::string Gzip(std::string_view bytes);

}  // namespace dateline::serve
