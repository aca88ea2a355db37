#include "html/page_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "html/choose.h"
#include "html/plain.h"
#include "html/story_parts.h"
#include "html/story_text.h"
#include "html/tree.h"

namespace dateline::html {
namespace {

/// Fewer words than this on a whole page are no story.
constexpr std::uint32_t kFewestWords = 12;

BlockKind KindOf(const PageView& page, const TextBlock& block) {
  const auto& nodes = page.tree().nodes;
  const Tag tag = nodes[block.parent].tag;
  if (Has(tag, Trait::kHeading)) return BlockKind::kSubheading;
  for (NodeIndex at = block.parent, steps = 0; at != 0 && steps < 3;
       at = nodes[at].parent, ++steps) {
    if (nodes[at].tag == Tag::kLi || nodes[at].tag == Tag::kDd || nodes[at].tag == Tag::kDt)
      return BlockKind::kListItem;
    if (nodes[at].tag == Tag::kFigcaption) return BlockKind::kCaption;
  }
  const bool bold = block.bold_letters * 10 > block.letters * 9;
  if (bold && block.words <= 12 && block.stops == 0) return BlockKind::kSubheading;
  return BlockKind::kParagraph;
}

class Writer {
 public:
  explicit Writer(const PageView& page) : page_(page), text_(page.tree().source) {}

  /// Writes a block of the page; its span, empty when nothing of it is text.
  Span Write(BlockKind kind, const TextBlock& block) {
    const Tree& tree = page_.tree();
    text_.BeginBlock();
    NodeIndex behind = block.first;
    ForEachText(tree, block, [&](NodeIndex at, const Node& node) {
      for (; behind < at; ++behind) {
        const Tag tag = tree.nodes[behind].tag;
        if (!tree.nodes[behind].text && (tag == Tag::kBr || Has(tag, Trait::kBlock)))
          text_.AddGap();
      }
      behind = at + 1;
      text_.Add(node.begin, node.finish);
    });
    return Keep(kind, text_.EndBlock());
  }

  Span WriteLoose(BlockKind kind, std::string_view line) {
    return Keep(kind, text_.AddLoose(line));
  }

  void Finish(PageStory& story) {
    story.text = text_.TakeText();
    story.alignment = text_.TakeAlignment();
    story.blocks = std::move(blocks_);
  }

 private:
  Span Keep(BlockKind kind, Span span) {
    if (!span.empty()) blocks_.push_back({.kind = kind, .span = span, .speaker = {}});
    return span;
  }

  const PageView& page_;
  StoryText text_;
  std::vector<Block> blocks_;
};

/// The part of a block whose text is that key: without a kicker before or a date behind it.
std::optional<TextBlock> PartThatSays(const Tree& tree, const TextBlock& block,
                                      std::string_view key) {
  std::vector<std::pair<NodeIndex, std::string>> pieces;
  ForEachText(tree, block, [&](NodeIndex at, const Node& node) {
    pieces.emplace_back(at, MatchKey(tree.TextOf(node)));
  });
  for (std::size_t first = 0; first < pieces.size() && first < 16; ++first) {
    std::string said;
    for (std::size_t last = first; last < pieces.size() && said.size() < key.size(); ++last) {
      said += pieces[last].second;
      if (said != key) continue;
      TextBlock part = block;
      part.first = pieces[first].first;
      part.last = pieces[last].first;
      return part;
    }
  }
  return std::nullopt;
}

/// The headline: as the page shows it where that is what the fields say, else as they say it.
void WriteHeadline(const PageView& page, std::size_t title, const Article& article,
                   Writer& writer) {
  if (!article.headline) return;
  if (title < page.blocks().size()) {
    const TextBlock& block = page.blocks()[title];
    if (const auto part = PartThatSays(page.tree(), block, MatchKey(*article.headline))) {
      writer.Write(BlockKind::kHeadline, *part);
      return;
    }
  }
  writer.WriteLoose(BlockKind::kHeadline, *article.headline);
}

/// One of several stories on a page.
PageStory ReadPart(const PageView& page, const Facts& facts, const StoryPart& part) {
  PageStory story;
  story.article = FindFields(page, FactsOf(facts, page, part),
                             {.url = "", .scope = part.scope, .title_block = part.title});
  Writer writer(page);
  WriteHeadline(page, part.title, story.article, writer);
  for (const std::size_t i : part.blocks) {
    const TextBlock& block = page.blocks()[i];
    writer.Write(KindOf(page, block), block);
  }
  writer.Finish(story);
  return story;
}

/// The stories of a page that holds several; else none.
std::vector<PageStory> ReadParts(const PageView& page, const Facts& facts,
                                 const std::vector<std::size_t>& chosen) {
  std::vector<PageStory> stories;
  for (const StoryPart& part : FindStoryParts(page, facts, chosen)) {
    PageStory story = ReadPart(page, facts, part);
    if (!story.blocks.empty()) stories.push_back(std::move(story));
  }
  return stories;
}

}  // namespace

Result<PageReader> PageReader::Load(const tables::Tables& tables) {
  DATELINE_TRY(PageLexicon lexicon, PageLexicon::Load(tables));
  DATELINE_TRY(BlockModel model, BlockModel::Load(tables, lexicon));
  return PageReader(std::move(lexicon), std::move(model));
}

std::vector<PageStory> PageReader::Read(std::string_view utf8, const PageOptions& options) const {
  auto stories = ReadTree(ParseTree(utf8), options);
  // Some pages keep their story in a template that a script would put into its place.
  if (stories.empty()) stories = ReadTree(ParseTree(utf8, {.open_templates = true}), options);
  return stories;
}

std::vector<PageStory> PageReader::ReadTree(const Tree& tree, const PageOptions& options) const {
  const Facts facts = GatherFacts(tree);
  const PageView page(tree, facts, lexicon_);
  std::vector<std::size_t> chosen;
  if (options.fragment) {
    chosen.resize(page.all_blocks().size());
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = i;
  } else {
    chosen = ChooseBlocks(page, model_.Score(page));
  }
  const auto& blocks = options.fragment ? page.all_blocks() : page.blocks();
  std::uint32_t words = 0;
  for (const std::size_t i : chosen) words += blocks[i].words;
  if (words == 0 || (!options.fragment && words < kFewestWords)) return {};
  std::vector<PageStory> stories;
  if (!options.fragment) stories = ReadParts(page, facts, chosen);
  if (!stories.empty()) return stories;
  PageStory story;
  if (!options.fragment) story.article = FindFields(page, facts, {.url = options.url});
  Writer writer(page);
  if (!options.fragment) WriteHeadline(page, page.title_block(), story.article, writer);
  for (const std::size_t i : chosen) writer.Write(KindOf(page, blocks[i]), blocks[i]);
  writer.Finish(story);
  if (story.blocks.empty()) return {};
  stories.push_back(std::move(story));
  return stories;
}

}  // namespace dateline::html
