#include "serve/gzip.h"

#include <zlib.h>

#include <array>
#include <new>

namespace dateline::serve {
namespace {

constexpr int kLevel = 5;
constexpr int kGzipWindow = 15 + 16;  // 16: with the header of gzip
constexpr int kMemory = 8;

}  // namespace

struct GzipStream::State {
  z_stream stream{};
};

GzipStream::GzipStream() : state_(std::make_unique<State>()) {
  // Fails for want of memory alone.
  if (deflateInit2(&state_->stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
}

GzipStream::~GzipStream() { deflateEnd(&state_->stream); }

std::string GzipStream::Add(std::string_view bytes) { return Run(bytes, Z_NO_FLUSH); }

std::string GzipStream::Finish() { return Run({}, Z_FINISH); }

std::string GzipStream::Run(std::string_view bytes, int flush) {
  std::string out;
  std::array<char, 16384> buffer{};
  z_stream& stream = state_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  do {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = buffer.size();
    deflate(&stream, flush);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
  } while (stream.avail_out == 0);
  return out;
}

std::string Gzip(std::string_view bytes) {
  GzipStream stream;
  std::string out = stream.Add(bytes);
  return out + stream.Finish();
}

}  // namespace dateline::serve
