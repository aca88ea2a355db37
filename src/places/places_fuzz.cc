// Any text as a story: its first line is the dateline, the rest is cut into words as they come and
// each capitalised stretch is taken for a name, of a type that the bytes choose.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "names/names.h"
#include "places/places.h"
#include "tables/tables.h"
#include "text/normalise.h"
#include "text/unicode.h"

namespace {

using dateline::Story;
using dateline::TokenIndex;

void Check(bool holds) {
  if (!holds) __builtin_trap();
}

struct Finders {
  dateline::places::PlaceFinder places;
  dateline::names::NameFinder names;
};

const Finders& Shared() {
  static const auto finders = [] {
    const std::string folder = DATELINE_BUILD_DIR "/share/dateline/";
    auto tables = dateline::tables::Tables::Load(folder + "dateline.tables", {});
    auto towns = dateline::tables::Tables::Load(folder + "gazetteer.tables", {});
    if (!tables || !towns) std::abort();
    auto places = dateline::places::PlaceFinder::Load(*tables, *towns);
    auto names = dateline::names::NameFinder::Load(*tables);
    if (!places || !names) std::abort();
    return Finders{*std::move(places), *std::move(names)};
  }();
  return finders;
}

/// Words are what stands between spaces, with marks cut off; a line is a sentence.
void AddTokens(dateline::Span block, dateline::BlockIndex index, Story& story) {
  for (std::uint32_t at = block.begin; at < block.end;) {
    std::uint32_t line = at;
    while (line < block.end && story.text[line] != '\n') ++line;
    const auto first = story.tokens.size();
    for (std::uint32_t word = at; word < line;) {
      std::uint32_t end = word;
      while (end < line && story.text[end] != ' ' && story.text[end] != ',') ++end;
      if (end == word && story.text[end] == ',') ++end;
      if (end > word) {
        dateline::Token token;
        token.span = {word, end};
        token.sentence =
            dateline::SentenceIndex{static_cast<std::uint32_t>(story.sentences.size())};
        token.upos = "NOUN";
        story.tokens.push_back(std::move(token));
      }
      word = end + (end < line && story.text[end] == ' ' ? 1 : 0);
    }
    if (story.tokens.size() > first) story.sentences.push_back({{at, line}, index});
    at = line + 1;
  }
}

std::vector<dateline::names::Name> NamesIn(const Story& story, std::size_t seed) {
  std::vector<dateline::names::Name> names;
  for (std::uint32_t i = 0; i < story.tokens.size(); ++i) {
    const auto& token = story.tokens[i];
    if (!dateline::text::StartsUpper(token.span.of(story.text)) || (seed + i) % 5 == 0) continue;
    std::uint32_t last = i + 1;
    while (last < story.tokens.size() && (seed + last) % 3 != 0 &&
           story.tokens[last].sentence == token.sentence)
      ++last;
    const auto type = static_cast<dateline::names::NameType>((seed + i) % 5);
    names.push_back({type, TokenIndex{i}, TokenIndex{last}});
    i = last - 1;
  }
  return names;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto normalised = dateline::text::Normalise(bytes, {.encoding = "utf-8"});
  if (!normalised) return 0;
  Story story;
  story.text = normalised->text;
  const auto end = std::min(story.text.find('\n'), story.text.size());
  if (end > 0)
    story.blocks.push_back({dateline::BlockKind::kDateline, dateline::MakeSpan(0, end), {}});
  if (end + 1 < story.text.size()) {
    const auto index = dateline::BlockIndex{static_cast<std::uint32_t>(story.blocks.size())};
    const dateline::Span body = dateline::MakeSpan(end + 1, story.text.size());
    story.blocks.push_back({dateline::BlockKind::kParagraph, body, {}});
    AddTokens(body, index, story);
  }
  story.article.url = story.text.substr(0, 40);
  const auto words = Shared().names.Read(story);
  for (const auto& place : Shared().places.Find(words, NamesIn(story, size))) {
    Check(place.span.begin < place.span.end && place.span.end <= story.text.size());
    Check(place.lat.has_value() == place.lon.has_value());
    if (place.lat) Check(std::abs(*place.lat) <= 90 && std::abs(*place.lon) <= 180);
  }
  return 0;
}
