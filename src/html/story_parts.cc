#include "html/story_parts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "html/plain.h"

namespace dateline::html {
namespace {

constexpr std::uint32_t kFewestStoryWords = 40;  ///< of a story among others

std::string KeyOf(const PageView& page, std::size_t block) {
  std::string key;
  ForEachText(page.tree(), page.blocks()[block], [&](NodeIndex, const Node& node) {
    AppendMatchKey(CutAt(page.tree().TextOf(node), 400), key);
  });
  return key;
}

/// Whether two titles are one with something before or behind it.
bool Agree(std::string_view one, std::string_view other) {
  if (one.size() < 8 || other.size() < 8) return one == other && !one.empty();
  return one.contains(other) || other.contains(one);
}

bool Names(const std::optional<std::string>& title, std::string_view key) {
  return title && Agree(MatchKey(CutAt(*title, 400)), key);
}

/// Whether an element is called an article: by its tag, by microdata or by microformats.
bool IsArticle(const PageView& page, const Node& node) {
  if (node.text) return false;
  if (node.tag == Tag::kArticle) return true;
  if (node.attributes == 0) return false;
  const std::string_view type = page.tree().Get(node, AttributeName::kItemtype);
  if (type.ends_with("Article") || type.ends_with("BlogPosting")) return true;
  const std::string_view name = page.tree().Get(node, AttributeName::kClass);
  return name.contains("hentry") || name.contains("h-entry");
}

/// The story in an element: its chosen blocks behind a heading of its own; none where it has no
/// heading or too few words.
std::optional<StoryPart> PartIn(const PageView& page, NodeIndex scope,
                                std::span<const std::size_t> chosen) {
  const auto range = page.BlocksIn(scope);
  StoryPart part{.scope = scope, .title = page.blocks().size(), .blocks = {}};
  for (std::size_t i = range.begin; i < range.end && part.title == page.blocks().size(); ++i) {
    const TextBlock& block = page.blocks()[i];
    const bool heading = Has(page.tree().nodes[block.parent].tag, Trait::kHeading);
    if (heading && block.words >= 2) part.title = i;
    if (!heading && block.words >= 25) break;
  }
  if (part.title == page.blocks().size()) return std::nullopt;
  std::uint32_t words = 0;
  for (const std::size_t block : chosen) {
    if (block <= part.title || block >= range.end) continue;
    part.blocks.push_back(block);
    words += page.blocks()[block].words;
  }
  return words < kFewestStoryWords ? std::nullopt : std::optional(std::move(part));
}

/// Whether an element tells what only a story of its own has: a headline that links to it, a day or
/// an author. The sections of one long story have none of these.
bool IsSigned(const PageView& page, const StoryPart& part) {
  if (page.blocks()[part.title].link_letters > 0) return true;
  const auto& nodes = page.tree().nodes;
  const PartSet signs = page.lexicon().Part("date") | page.lexicon().Part("author");
  for (NodeIndex at = part.scope + 1; at < nodes[part.scope].end; ++at) {
    if (nodes[at].tag == Tag::kTime || (page.PartsOf(at) & signs) != 0) return true;
  }
  return false;
}

/// Whether the page says that it is one story: a live blog, or an article whose headline stands
/// in none of the parts.
bool IsOneStory(const PageView& page, const Facts& facts, std::span<const StoryPart> parts) {
  if (!std::ranges::all_of(parts, [&](const auto& part) { return IsSigned(page, part); }))
    return true;
  const PartSet live = page.lexicon().Part("live");
  for (const StatedArticle& stated : facts.stated) {
    if (stated.type == "LiveBlogPosting") return true;
  }
  for (const StoryPart& part : parts) {
    if ((page.PartsAround(part.scope) & live) != 0) return true;
  }
  if (page.title_block() >= page.blocks().size()) return false;
  const bool inside = std::ranges::any_of(parts, [&](const StoryPart& part) {
    const auto range = page.BlocksIn(part.scope);
    return page.title_block() >= range.begin && page.title_block() < range.end;
  });
  if (inside) return false;
  if (facts.First({"og:type"}) == "article") return true;
  const std::string key = KeyOf(page, page.title_block());
  return std::ranges::any_of(facts.stated, [&](const StatedArticle& stated) {
    return !stated.type.ends_with("Page") && Names(stated.headline, key);
  });
}

/// Names of `meta` that say something of the site, whatever story they stand with.
bool IsOfSite(std::string_view name) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site",
       "dc.publisher", "publisher", "content-language", "language", "dc.language", "og:locale"});
  return std::ranges::find(kNames, name) != kNames.end();
}

}  // namespace

std::vector<StoryPart> FindStoryParts(const PageView& page, const Facts& facts,
                                      std::span<const std::size_t> chosen) {
  std::vector<StoryPart> parts;
  const auto& nodes = page.tree().nodes;
  std::size_t inside = 0;
  for (NodeIndex at = 1; at < nodes.size();) {
    if (!IsArticle(page, nodes[at])) {
      ++at;
      continue;
    }
    if (auto part = PartIn(page, at, chosen)) {
      inside += part->blocks.size();
      parts.push_back(std::move(*part));
    }
    at = nodes[at].end;
  }
  // What is left over beside the parts would be lost.
  if (parts.size() < 2 || inside * 10 < chosen.size() * 7) return {};
  if (IsOneStory(page, facts, parts)) return {};
  return parts;
}

Facts FactsOf(const Facts& facts, const PageView& page, const StoryPart& part) {
  const std::string key = KeyOf(page, part.title);
  const NodeIndex end = page.tree().nodes[part.scope].end;
  const auto inside = [&](NodeIndex node) { return node >= part.scope && node < end; };
  Facts own;
  own.language = facts.language;
  own.body = facts.body;
  for (const StatedArticle& stated : facts.stated) {
    if (!stated.type.ends_with("Page") && Names(stated.headline, key)) own.stated.push_back(stated);
  }
  const bool named = Names(facts.First({"og:title", "twitter:title"}), key);
  for (const Meta& meta : facts.meta) {
    if (named || IsOfSite(meta.name)) own.meta.push_back(meta);
  }
  if (named) own.canonical = facts.canonical;
  std::ranges::copy_if(facts.properties, std::back_inserter(own.properties),
                       [&](const Property& each) { return inside(each.node); });
  std::ranges::copy_if(facts.times, std::back_inserter(own.times),
                       [&](const TimeElement& each) { return inside(each.node); });
  std::ranges::copy_if(facts.headings, std::back_inserter(own.headings), inside);
  return own;
}

}  // namespace dateline::html
