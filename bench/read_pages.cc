// Reads every page of a folder as the reading stage does and says what it found, or how long it
// took.
//
//   read_pages TABLES FOLDER            JSON lines of {"id", "headline", "datePublished", "author",
//                                       "articleBody"}
//   read_pages TABLES FOLDER --time N   pages a second of CPU time: the bare parse, and all of it;
//                                       best of N rounds
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "dateline/date.h"
#include "html/charset.h"
#include "html/page_reader.h"
#include "html/tree.h"

namespace {

namespace fs = std::filesystem;
namespace html = dateline::html;

struct PageFile {
  std::string id;
  std::string bytes;
};

std::vector<PageFile> ReadFolder(const char* folder) {
  std::vector<PageFile> pages;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    pages.push_back({entry.path().stem().string(),
                     {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}});
  }
  std::ranges::sort(pages, {}, &PageFile::id);
  return pages;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::vector<html::PageStory> Read(const html::PageReader& reader, const PageFile& page) {
  const auto decoded = html::DecodePage(page.bytes, "");
  return reader.Read(decoded.as_given ? page.bytes : decoded.text, {});
}

void Print(const html::PageReader& reader, const std::vector<PageFile>& pages) {
  for (const PageFile& page : pages) {
    const auto stories = Read(reader, page);
    std::string line = "{\"id\":" + Quoted(page.id);
    std::string body;
    if (!stories.empty()) {
      const dateline::Article& article = stories[0].article;
      line += ",\"headline\":" + Quoted(article.headline.value_or(""));
      if (article.date_published)
        line += ",\"datePublished\":" + Quoted(dateline::FormatDateTime(*article.date_published));
      line += ",\"author\":[";
      for (std::size_t i = 0; i < article.author.size(); ++i)
        line += (i > 0 ? "," : "") + Quoted(article.author[i]);
      line += "]";
    }
    for (const auto& story : stories) {
      for (const dateline::Block& block : story.blocks) {
        if (dateline::IsBody(block.kind)) body += std::string(block.span.of(story.text)) + "\n\n";
      }
    }
    line += ",\"articleBody\":" + Quoted(body) + "}";
    std::puts(line.c_str());
  }
}

template <typename Work>
double Best(int rounds, Work work) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const std::clock_t begin = std::clock();
    work();
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

void Time(const html::PageReader& reader, const std::vector<PageFile>& pages, int rounds) {
  std::size_t nodes = 0;
  std::size_t stories = 0;
  const double parse = Best(rounds, [&] {
    for (const PageFile& page : pages) {
      const auto decoded = html::DecodePage(page.bytes, "");
      nodes += html::ParseTree(decoded.as_given ? page.bytes : decoded.text).nodes.size();
    }
  });
  const double all = Best(rounds, [&] {
    for (const PageFile& page : pages) stories += Read(reader, page).size();
  });
  fmt::print(
      "pages {}  parse {:.0f} pages/s  read {:.0f} pages/s  read/parse {:.2f}  ({} nodes, {} "
      "stories)\n",
      pages.size(), static_cast<double>(pages.size()) / parse,
      static_cast<double>(pages.size()) / all, all / parse, nodes, stories);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: read_pages TABLES FOLDER [--time ROUNDS]\n", stderr);
    return 2;
  }
  const auto tables = dateline::tables::Tables::Load(argv[1], {});
  if (!tables) {
    std::fprintf(stderr, "%s\n", tables.error().Text().c_str());
    return 2;
  }
  const auto reader = html::PageReader::Load(*tables);
  if (!reader) {
    std::fprintf(stderr, "%s\n", reader.error().Text().c_str());
    return 2;
  }
  const auto pages = ReadFolder(argv[2]);
  if (argc > 4) {
    Time(*reader, pages, std::atoi(argv[4]));
  } else {
    Print(*reader, pages);
  }
  return 0;
}
