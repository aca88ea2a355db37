// What each format costs to cut into pieces and to read into pages: bytes of the (unpacked) stream
// a second, on one thread, on records of 4 KB.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <string_view>

#include "readers/pages.h"
#include "readers/splitters.h"
#include "readers/testing/packing.h"

namespace {

using namespace dateline;
using readers::Gzip;
using readers::Zstd;

constexpr int kRecords = 1000;

std::string Prose() {
  std::string text;
  for (int i = 0; text.size() < 4000; ++i)
    text += "The harbour minister opened bridge " + std::to_string(i * 7919 % 1000) +
            " in Lima on Monday, and praised the port. ";
  return text;
}

std::string Json() {
  std::string out;
  for (int i = 0; i < kRecords; ++i)
    out += "{\"id\": " + std::to_string(i) +
           ", \"title\": \"Dam opens\", \"date\": \"2024-05-14\", \"text\": \"" + Prose() + "\"}\n";
  return out;
}

std::string Csv() {
  std::string out = "id,title,date,text\n";
  for (int i = 0; i < kRecords; ++i)
    out += std::to_string(i) + ",\"Dam, opened\",2024-05-14,\"" + Prose() + "\"\n";
  return out;
}

std::string Rss() {
  std::string out = "<?xml version='1.0'?><rss><channel><title>LH</title>\n";
  for (int i = 0; i < kRecords; ++i)
    out += "<item><title>Dam opens</title><guid>" + std::to_string(i) +
           "</guid><pubDate>Tue, 14 May 2024 09:30:00 GMT</pubDate><description><![CDATA[<p>" +
           Prose() + "</p>]]></description></item>\n";
  return out + "</channel></rss>";
}

std::string Nitf() {
  std::string out;
  for (int i = 0; i < kRecords; ++i)
    out += "<nitf><head><docdata><doc-id id-string='" + std::to_string(i) +
           "'/></docdata></head><body><body.head><hedline><hl1>Dam</hl1></hedline></"
           "body.head><body.content><p>" +
           Prose() + "</p></body.content></body></nitf>\n";
  return out;
}

std::string Warc() {
  std::string out;
  for (int i = 0; i < kRecords; ++i) {
    const std::string block =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><p>" + Prose();
    out += "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: " +
           std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
  }
  return out;
}

void Read(benchmark::State& state, std::string (*make)(), std::string (*pack)(std::string_view),
          bool pages) {
  const std::string plain = make();
  const std::string stream = pack == nullptr ? plain : pack(plain);
  std::size_t records = 0;
  for (auto _ : state) {
    const auto pieces =
        readers::OpenPieces(std::make_unique<readers::MemorySource>(stream), "in", InputOptions{});
    while (auto piece = pieces->Next()) {
      if (!*piece) state.SkipWithError((*piece).error().Text().c_str());
      ++records;
      if (!pages) continue;
      const auto read = readers::ReadAllPages(
          (*piece)->bytes,
          {.format = (*piece)->format,
           .context = (*piece)->context ? std::string_view(*(*piece)->context) : ""});
      if (read.pages.empty()) state.SkipWithError("no page");
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(plain.size() * state.iterations()));
  state.SetItemsProcessed(static_cast<std::int64_t>(records));
}

BENCHMARK_CAPTURE(Read, json_cut, Json, nullptr, false);
BENCHMARK_CAPTURE(Read, json_pages, Json, nullptr, true);
BENCHMARK_CAPTURE(Read, csv_cut, Csv, nullptr, false);
BENCHMARK_CAPTURE(Read, csv_pages, Csv, nullptr, true);
BENCHMARK_CAPTURE(Read, rss_cut, Rss, nullptr, false);
BENCHMARK_CAPTURE(Read, rss_pages, Rss, nullptr, true);
BENCHMARK_CAPTURE(Read, nitf_cut, Nitf, nullptr, false);
BENCHMARK_CAPTURE(Read, nitf_pages, Nitf, nullptr, true);
BENCHMARK_CAPTURE(Read, warc_cut, Warc, nullptr, false);
BENCHMARK_CAPTURE(Read, warc_pages, Warc, nullptr, true);
BENCHMARK_CAPTURE(Read, json_gzip_cut, Json, Gzip, false);
BENCHMARK_CAPTURE(Read, json_zstd_cut, Json, Zstd, false);

}  // namespace
