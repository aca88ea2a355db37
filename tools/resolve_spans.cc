// Which place does each given name mean? Resolves toponyms whose spans are known already, for eval
// (accuracy with gold spans) and for training the weights of data/places/weights.tsv.
//
//   resolve_spans [--features] < documents.jsonl
//
// A line in: {"id", "text", "url"?, "headline"?, "spans": [[begin, end], …]}, offsets in UTF-8
// bytes of the text. A line out: {"id", "toponyms": [{"start", "end", "lat", "lon", "geonameid",
// "alternatives": [[kind, name, country, admin1, lat, lon, geonameid, score, [features]], …]}]};
// alternatives only with --features. Spans are read as locations, those that no table knows but as
// an adjective ("Russian") as such. Fails with a message on the first line that cannot be read.
#include <fmt/core.h>
#include <simdjson.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/compose.h"
#include "engine/pipeline.h"
#include "readers/pages.h"

namespace {

using dateline::Result;
using dateline::Span;
using dateline::Story;
using dateline::TokenIndex;
using dateline::names::Name;
using dateline::names::NameType;
using dateline::places::Explained;

std::vector<Span> ReadSpans(const simdjson::dom::element& record) {
  std::vector<Span> spans;
  simdjson::dom::array list;
  if (record["spans"].get_array().get(list) != simdjson::SUCCESS) return spans;
  for (const auto item : list) {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    if (item.at(0).get_uint64().get(begin) != simdjson::SUCCESS ||
        item.at(1).get_uint64().get(end) != simdjson::SUCCESS)
      continue;
    spans.push_back(dateline::MakeSpan(begin, end));
  }
  std::ranges::sort(spans);
  return spans;
}

/// The token ranges that the spans cover, as names; of one that no token covers nothing is said.
std::vector<Name> NamesAt(const Story& story, std::span<const Span> spans) {
  std::vector<Name> names;
  std::uint32_t at = 0;
  const auto count = static_cast<std::uint32_t>(story.tokens.size());
  const auto source = [&](std::uint32_t token) {
    return story.alignment.ToSource(story.tokens[token].span);
  };
  for (const Span span : spans) {
    while (at < count && source(at).end <= span.begin) ++at;
    std::uint32_t last = at;
    while (last < count && source(last).begin < span.end && !source(last).empty() &&
           story.tokens[last].sentence == story.tokens[at].sentence)
      ++last;
    if (last == at) continue;
    const bool adjective = story.tokens[at].upos == "ADJ" || story.tokens[at].ner == "B-NORP";
    names.push_back(
        {adjective ? NameType::kNorp : NameType::kLoc, TokenIndex{at}, TokenIndex{last}});
    at = last;
  }
  return names;
}

void Print(const Explained& explained, const Story& story, bool features, std::string& out) {
  const auto& place = explained.place;
  const Span span = story.alignment.ToSource(place.span);
  out +=
      fmt::format(R"({}{{"start":{},"end":{})", out.back() == '[' ? "" : ",", span.begin, span.end);
  if (place.lat && place.lon) out += fmt::format(R"(,"lat":{},"lon":{})", *place.lat, *place.lon);
  if (place.geonameid) out += fmt::format(R"(,"geonameid":{})", *place.geonameid);
  if (features) {
    out += R"(,"alternatives":[)";
    for (const auto& ranked : explained.alternatives) {
      const auto& c = ranked.candidate;
      out += fmt::format(R"({}[{},"{}","{}","{}",{},{},{},{},[)", out.back() == '[' ? "" : ",",
                         static_cast<int>(c.kind), c.name, c.country, c.admin1, c.lat.value_or(0),
                         c.lon.value_or(0), c.geonameid.value_or(0), ranked.score);
      for (const double feature : ranked.features)
        out += fmt::format("{}{}", out.back() == '[' ? "" : ",", feature);
      out += "]]";
    }
    out += "]";
  }
  out += "}";
}

Result<std::string> Resolve(const dateline::engine::Resources& resources, std::string_view line,
                            std::span<const Span> spans, bool features,
                            dateline::engine::Memory& memory) {
  DATELINE_TRY(const auto pages, dateline::readers::ReadPages(line, dateline::Format::kJson));
  std::string out = "[";
  for (const auto& page : pages) {
    DATELINE_TRY(auto stories, dateline::engine::ComposeStories(page, {}, resources.layouts,
                                                                resources.html_pages));
    for (Story& story : stories) {
      dateline::engine::Work work;
      for (const auto& stage : dateline::engine::Stages()) {
        if (stage.name == "syntax" || stage.name == "names")
          stage.run(resources, story, work, memory);
      }
      for (const Explained& explained :
           resources.places.Explain(*work.words, NamesAt(story, spans)))
        Print(explained, story, features, out);
    }
  }
  return out + "]";
}

int Run(bool features) {
  const auto resources = dateline::engine::Resources::Load({});
  if (!resources) {
    fmt::print(stderr, "{}\n", resources.error().Text());
    return 2;
  }
  simdjson::dom::parser parser;
  dateline::engine::Memory memory;
  for (std::string line; std::getline(std::cin, line);) {
    simdjson::dom::element record;
    std::string_view id;
    if (parser.parse(line).get(record) != simdjson::SUCCESS ||
        record["id"].get_string().get(id) != simdjson::SUCCESS) {
      fmt::print(stderr, "resolve_spans: a line is no JSON record with an id\n");
      return 1;
    }
    const std::vector<Span> spans = ReadSpans(record);
    const std::string name(id);
    const auto found = Resolve(*resources, line, spans, features, memory);
    if (!found) {
      fmt::print(stderr, "{}: {}\n", name, found.error().Text());
      return 1;
    }
    fmt::print("{{\"id\":\"{}\",\"toponyms\":{}}}\n", name, *found);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  return Run(arguments.size() > 1 && std::string_view(arguments[1]) == "--features");
}
