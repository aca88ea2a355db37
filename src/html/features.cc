// The writers below say, block by block, which features hold. They read only counts and sums that
// PageView has made before, so that a block costs the same on a short page as on a long one.
//
// A container's figures are sums over the blocks in its subtree, which stand next to each other in
// the order of the page: a difference of two running sums.
#include "html/features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <unordered_map>

#include "html/plain.h"
#include "text/unicode.h"

namespace dateline::html {
namespace {

enum class Group : std::uint8_t {
  kBias,
  kTag,         ///< of the block's element
  kTagAbove,    ///< of the element around that
  kWords,       ///< how many
  kLinks,       ///< share of letters in links
  kWordsLinks,  ///< both together
  kStops,       ///< sentence ends, by length
  kCommas,
  kFlags,
  kOwn,      ///< parts that the block's element is called
  kNear,     ///< parts that the next two elements around it are called
  kFar,      ///< parts of all others around it
  kAround,   ///< kinds of elements around it
  kPhrase,   ///< how it begins, by length
  kInside,   ///< words it holds, by length
  kOutside,  ///< parts around it, by how much running text stands outside of all such
  kCue,      ///< the last line alone that was such a beginning, by distance
  kPlace,    ///< tenth of the page's letters
  kTitle,    ///< where it stands from the headline
  kStated,   ///< whether structured data hold its text
  kBox1,     ///< the element around it: letters and share of links
  kBox2,     ///< the next
  kBox3,
  kParagraphs1,  ///< running paragraphs in those
  kParagraphs2,
  kParagraphs3,
  kShare1,  ///< share of the page's running paragraphs in those
  kShare2,
  kShare3,
  kPrevious,  ///< words and links of the blocks before and behind
  kPrevious2,
  kNext,
  kNext2,
  kCopies,
  kCapitals,  ///< share of capitalised words, by length
  kDigits,    ///< share of digits, by length
  kTagWords,  ///< kind of element and words together
  kTagLinks,
  kSiblings,  ///< blocks in the same element, by length
  // Second pass.
  kSelf,     ///< what the first pass gave
  kSelfTag,  ///< the same by kind of element
  kBefore,   ///< mean of the one, two, five blocks before
  kBefore2,
  kBefore5,
  kBehind,
  kBehind2,
  kBehind5,
  kBetween,  ///< both sides together
  kMean1,    ///< mean over the letters of the elements around
  kMean2,
  kMean3,
  kMass1,  ///< share of the page's likely text that they hold
  kMass2,
  kMass3,
  kKin,    ///< share held by blocks of the same tag, class and depth
  kDepth,  ///< distance from the element that holds most of it
  kOrder,  ///< before, within, behind the stretch of likely blocks
  kSelfOrder,
  kSelfMass,  ///< own and the wider element's together
  kTotal,     ///< likely words of the whole page, by own
  kSandwich,  ///< both sides together, by what the block is and whether it is of the likely kind
  kGap,       ///< blocks to the nearest likely ones on both sides
  kCount,
};
constexpr std::size_t kGroups = static_cast<std::size_t>(Group::kCount);

struct GroupInfo {
  Group group;
  std::string_view name;
  std::uint16_t bins;
};

constexpr std::uint16_t kTagBins = kTagCount;
constexpr std::array<GroupInfo, kGroups> kInfo = {{
    {Group::kBias, "bias", 1},
    {Group::kTag, "tag", kTagBins},
    {Group::kTagAbove, "tagAbove", kTagBins},
    {Group::kWords, "words", 14},
    {Group::kLinks, "links", 8},
    {Group::kWordsLinks, "wordsLinks", 40},
    {Group::kStops, "stops", 24},
    {Group::kCommas, "commas", 6},
    {Group::kFlags, "flags", 16},
    {Group::kOwn, "own", kMostParts},
    {Group::kNear, "near", kMostParts},
    {Group::kFar, "far", kMostParts},
    {Group::kAround, "around", 32},
    {Group::kPhrase, "phrase", 48},
    {Group::kInside, "inside", 48},
    {Group::kOutside, "outside", 3 * kMostParts},
    {Group::kCue, "cue", 64},
    {Group::kPlace, "place", 10},
    {Group::kTitle, "title", 16},
    {Group::kStated, "stated", 12},
    {Group::kBox1, "box1", 40},
    {Group::kBox2, "box2", 40},
    {Group::kBox3, "box3", 40},
    {Group::kParagraphs1, "paragraphs1", 8},
    {Group::kParagraphs2, "paragraphs2", 8},
    {Group::kParagraphs3, "paragraphs3", 8},
    {Group::kShare1, "share1", 8},
    {Group::kShare2, "share2", 8},
    {Group::kShare3, "share3", 8},
    {Group::kPrevious, "previous", 41},
    {Group::kPrevious2, "previous2", 41},
    {Group::kNext, "next", 41},
    {Group::kNext2, "next2", 41},
    {Group::kCopies, "copies", 3},
    {Group::kCapitals, "capitals", 15},
    {Group::kDigits, "digits", 12},
    {Group::kTagWords, "tagWords", 56},
    {Group::kTagLinks, "tagLinks", 48},
    {Group::kSiblings, "siblings", 24},
    {Group::kSelf, "self", 16},
    {Group::kSelfTag, "selfTag", 64},
    {Group::kBefore, "before", 8},
    {Group::kBefore2, "before2", 8},
    {Group::kBefore5, "before5", 8},
    {Group::kBehind, "behind", 8},
    {Group::kBehind2, "behind2", 8},
    {Group::kBehind5, "behind5", 8},
    {Group::kBetween, "between", 64},
    {Group::kMean1, "mean1", 8},
    {Group::kMean2, "mean2", 8},
    {Group::kMean3, "mean3", 8},
    {Group::kMass1, "mass1", 8},
    {Group::kMass2, "mass2", 8},
    {Group::kMass3, "mass3", 8},
    {Group::kKin, "kin", 32},
    {Group::kDepth, "depth", 10},
    {Group::kOrder, "order", 12},
    {Group::kSelfOrder, "selfOrder", 96},
    {Group::kSelfMass, "selfMass", 64},
    {Group::kTotal, "total", 40},
    {Group::kSandwich, "sandwich", 128},
    {Group::kGap, "gap", 36},
}};

constexpr std::array<FeatureIndex, kGroups + 1> MakeOffsets() {
  std::array<FeatureIndex, kGroups + 1> offsets{};
  for (std::size_t i = 0; i < kGroups; ++i)
    offsets[i + 1] = static_cast<FeatureIndex>(offsets[i] + kInfo[i].bins);
  return offsets;
}
constexpr auto kOffsets = MakeOffsets();

constexpr bool InOrder() {
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (static_cast<std::size_t>(kInfo[i].group) != i) return false;
  }
  return true;
}
static_assert(InOrder());

/// How many of the borders a value reaches.
template <std::size_t kSize, typename T>
std::size_t Bin(T value, const std::array<T, kSize>& borders) {
  std::size_t bin = 0;
  while (bin < kSize && value >= borders[bin]) ++bin;
  return bin;
}

std::size_t WordBin(std::uint32_t words) {
  static constexpr std::array<std::uint32_t, 13> kBorders = {2,  3,  4,  5,  7,  10, 14,
                                                             20, 28, 40, 60, 90, 140};
  return Bin(words, kBorders);
}
/// Five sizes: a label, a line, a long line, a paragraph, a long one.
std::size_t CoarseWords(std::uint32_t words) {
  static constexpr std::array<std::uint32_t, 7> kBorders = {3, 6, 10, 16, 25, 45, 80};
  return Bin(words, kBorders);
}
std::size_t SizeOf(std::uint32_t words) {
  static constexpr std::array<std::uint32_t, 2> kBorders = {6, 20};
  return Bin(words, kBorders);
}

float Share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.0F : static_cast<float>(part) / static_cast<float>(whole);
}

std::size_t LinkBin(float share) {
  static constexpr std::array<float, 7> kBorders = {0.001F, 0.1F, 0.2F, 0.35F, 0.6F, 0.9F, 0.999F};
  return Bin(share, kBorders);
}
std::size_t CoarseLinks(float share) {
  static constexpr std::array<float, 4> kBorders = {0.001F, 0.25F, 0.6F, 0.95F};
  return Bin(share, kBorders);
}
std::size_t ShareBin(float share) {
  static constexpr std::array<float, 7> kBorders = {0.001F, 0.05F, 0.15F, 0.3F, 0.5F, 0.75F, 0.95F};
  return Bin(share, kBorders);
}
std::size_t SureBin(float probability) {
  static constexpr std::array<float, 7> kBorders = {0.02F, 0.1F, 0.3F, 0.5F, 0.7F, 0.9F, 0.98F};
  return Bin(probability, kBorders);
}
std::size_t FineSureBin(float probability) {
  static constexpr std::array<float, 15> kBorders = {0.005F, 0.01F, 0.02F, 0.05F, 0.1F,
                                                     0.2F,   0.3F,  0.4F,  0.5F,  0.6F,
                                                     0.7F,   0.8F,  0.9F,  0.95F, 0.99F};
  return Bin(probability, kBorders);
}

/// Eight kinds of elements that blocks stand in.
std::size_t TagKind(Tag tag) {
  using enum Tag;
  switch (tag) {
    case kP:
      return 0;
    case kH1:
      return 1;
    case kH2:
    case kH3:
    case kH4:
    case kH5:
    case kH6:
      return 2;
    case kLi:
      return 3;
    case kTd:
    case kTh:
    case kTr:
    case kTable:
    case kTbody:
      return 4;
    case kBlockquote:
    case kPre:
    case kDd:
    case kDt:
      return 5;
    case kFigcaption:
    case kFigure:
    case kCaption:
      return 6;
    default:
      return 7;
  }
}

enum Flag : std::uint8_t {
  kBeginsLower,
  kAllCapitals,
  kEndsColon,
  kEndsEllipsis,
  kHasCopyright,
  kHasAt,
  kHasAddress,
  kBeginsOddly,
  kIsHidden,
  kIsBold,
  kEndsStop,
  kEndsQuestion,
  kBeginsQuote,
  kHasBar,
  kBeginsDigit,
  kEndsWordly,
};

constexpr auto kAroundTags = std::to_array<Tag>(
    {Tag::kArticle, Tag::kMain,   Tag::kAside,      Tag::kNav,        Tag::kHeader, Tag::kFooter,
     Tag::kForm,    Tag::kFigure, Tag::kFigcaption, Tag::kBlockquote, Tag::kLi,     Tag::kTable,
     Tag::kSection, Tag::kA,      Tag::kDetails,    Tag::kAddress,    Tag::kUl,     Tag::kOl,
     Tag::kDl,      Tag::kLabel,  Tag::kFieldset,   Tag::kDialog,     Tag::kTime,   Tag::kH1,
     Tag::kCite,    Tag::kSmall,  Tag::kCode,       Tag::kPre,        Tag::kHr,     Tag::kCustom,
     Tag::kEm,      Tag::kI});
static_assert(kAroundTags.size() <= 32);

constexpr std::array<std::uint8_t, kTagCount> MakeAroundBits() {
  std::array<std::uint8_t, kTagCount> bits{};
  bits.fill(0xFF);
  for (std::size_t i = 0; i < kAroundTags.size(); ++i)
    bits[static_cast<std::size_t>(kAroundTags[i])] = static_cast<std::uint8_t>(i);
  return bits;
}
constexpr auto kAroundBit = MakeAroundBits();

/// A running paragraph: some words, few of them links, and a sentence's end.
bool IsRunning(const TextBlock& block) {
  return block.words >= 10 && block.stops > 0 && block.link_letters * 3 < block.letters;
}

/// What the features of a block's line look at.
struct BlockText {
  std::string beginning;       ///< its pieces of text with a space behind each, cut short
  std::string_view last;       ///< the last piece that is not blank, trimmed
  bool names_address = false;  ///< of the web
};

BlockText BlockTextOf(const Tree& tree, const TextBlock& block) {
  constexpr std::size_t kKeyBytes = 240;
  BlockText text;
  ForEachText(tree, block, [&](NodeIndex, const Node& node) {
    const std::string_view piece = tree.TextOf(node);
    if (text.beginning.size() < kKeyBytes)
      text.beginning.append(CutAt(piece, kKeyBytes)).push_back(' ');
    if (const auto trimmed = TrimAscii(piece); !trimmed.empty()) text.last = trimmed;
    text.names_address |= piece.contains("http") || piece.contains("www.");
  });
  return text;
}

/// How a line begins: lower case, one space for any blanks, none at the ends.
std::string StartOf(std::string_view line) {
  constexpr std::size_t kMostBytes = 48;
  constexpr std::string_view kWrittenSpace = "&nbsp;";
  std::string start;
  for (std::size_t at = 0; at < line.size() && start.size() < kMostBytes;) {
    if (line.substr(at).starts_with(kWrittenSpace)) {
      start += ' ';
      at += kWrittenSpace.size();
      continue;
    }
    const text::CodePoint point = text::CodePointAt(line, at);
    if (!text::IsSpace(point.value)) {
      text::AppendUtf8(start, text::SimpleLower(point.value));
    } else if (!start.empty() && start.back() != ' ') {
      start += ' ';
    }
    at += point.length;
  }
  while (start.ends_with(' ')) start.pop_back();
  return start;
}

std::uint16_t FlagsOf(const TextBlock& block, const BlockText& text) {
  const std::string& line = text.beginning;
  const std::string_view trimmed = TrimAscii(line);
  const char32_t first = trimmed.empty() ? 0 : text::FirstCodePoint(trimmed);
  const char32_t last = text.last.empty() ? 0 : text::LastCodePoint(text.last);
  std::uint16_t flags = 0;
  const auto flag = [&](Flag which, bool holds) {
    if (holds) flags = static_cast<std::uint16_t>(flags | (1U << which));
  };
  flag(kBeginsLower, text::IsLower(first));
  flag(kAllCapitals, block.words > 0 && text::IsAllUpper(line));
  flag(kEndsColon, last == ':');
  flag(kEndsEllipsis, text.last.ends_with("...") || last == 0x2026);
  flag(kHasCopyright, line.contains("\u00A9") || line.contains("&copy;"));
  flag(kHasAt, line.contains('@'));
  flag(kHasAddress, text.names_address);
  flag(kBeginsOddly, !text::IsLetter(first) && !text::IsDigit(first) && !text::IsQuote(first));
  flag(kIsHidden, block.hidden);
  flag(kIsBold, block.bold_letters * 10 > block.letters * 9);
  flag(kEndsStop, last == '.' || last == '!' || last == 0x3002);
  flag(kEndsQuestion, last == '?');
  flag(kBeginsQuote, text::IsQuote(first));
  flag(kHasBar, line.contains('|'));
  flag(kBeginsDigit, text::IsDigit(first));
  flag(kEndsWordly, text::IsLetter(last));
  return flags;
}

/// Whether a line's key is what the page is called, most of that, or that and more.
bool SaysTitle(std::string_view key, const std::vector<std::string>& titles) {
  if (key.size() < 8) return false;
  return std::ranges::any_of(titles, [&](const std::string& title) {
    if (title.size() > key.size()) return title.contains(key) && key.size() * 2 > title.size();
    return title == key ||
           (key.size() > title.size() && title.size() >= 16 && key.starts_with(title));
  });
}

class Row {
 public:
  explicit Row(FeatureRows& out) : out_(out) {
    out_.begins.push_back(static_cast<std::uint32_t>(out_.features.size()));
  }
  void Add(Group group, std::size_t bin) {
    const std::size_t at = static_cast<std::size_t>(group);
    const std::size_t last = kInfo[at].bins - 1U;
    out_.features.push_back(static_cast<FeatureIndex>(kOffsets[at] + std::min(bin, last)));
  }
  void AddSet(Group group, PartSet set) {
    for (std::size_t bin = 0; set != 0; ++bin, set >>= 1U) {
      if ((set & 1U) != 0) Add(group, bin);
    }
  }

 private:
  FeatureRows& out_;
};

}  // namespace

std::size_t FeatureCount() { return kOffsets.back(); }

std::string FeatureName(FeatureIndex feature, const PageLexicon& lexicon) {
  const auto* above = std::ranges::upper_bound(kOffsets, feature);
  const auto group = static_cast<std::size_t>(above - kOffsets.begin()) - 1;
  const std::size_t bin = feature - kOffsets.at(group);
  const GroupInfo& info = kInfo.at(group);
  std::string name(info.name);
  name += ':';
  switch (info.group) {
    case Group::kOwn:
    case Group::kNear:
    case Group::kFar:
      return name + (bin < lexicon.parts.size() ? lexicon.parts[bin] : std::to_string(bin));
    case Group::kOutside:
      return name + (bin / 3 < lexicon.parts.size() ? lexicon.parts[bin / 3] : "none") +
             std::to_string(bin % 3);
    case Group::kTag:
    case Group::kTagAbove:
      return name.append(TagName(static_cast<Tag>(bin)));
    case Group::kAround:
      return name.append(TagName(kAroundTags.at(bin)));
    default:
      return name + std::to_string(bin);
  }
}

// -------------------------------------------------------------------------- the view

PageView::PageView(const Tree& tree, const Facts& facts, const PageLexicon& lexicon)
    : tree_(tree), facts_(facts), lexicon_(lexicon), blocks_(FindBlocks(tree)) {
  NameParts();
  SumUp();
  all_blocks_ = blocks_;
  SetAside();
  CountBefore();
  SumUp();
  ReadLines();
  CountCopies();
  ReadStated();
  FindTitle();
  WeighParts();
}

void PageView::NameParts() {
  parts_.assign(tree_.nodes.size(), 0);
  around_.assign(tree_.nodes.size(), 0);
  tags_.assign(tree_.nodes.size(), 0);
  std::unordered_map<std::string_view, PartSet> known;
  for (std::size_t at = 1; at < tree_.nodes.size(); ++at) {
    const Node& node = tree_.nodes[at];
    if (!node.text) {
      const std::uint8_t bit = kAroundBit[static_cast<std::size_t>(node.tag)];
      if (bit != 0xFF) tags_[at] = 1U << bit;
      const bool whole_page = node.tag == Tag::kBody || node.tag == Tag::kHtml;
      for (std::size_t i = 0; i < node.attributes && !whole_page; ++i) {
        const Attribute& attribute = tree_.attributes[node.attribute + i];
        if (attribute.name != AttributeName::kClass && attribute.name != AttributeName::kId &&
            attribute.name != AttributeName::kRole && attribute.name != AttributeName::kItemprop &&
            attribute.name != AttributeName::kData) {
          continue;
        }
        const auto [entry, fresh] = known.try_emplace(attribute.value, 0);
        if (fresh) entry->second = lexicon_.PartsIn(attribute.value.substr(0, 400));
        parts_[at] |= entry->second;
      }
    }
    around_[at] = parts_[at] | around_[node.parent];
    tags_[at] |= tags_[node.parent];
  }
}

void PageView::CountBefore() {
  before_.resize(tree_.nodes.size() + 1);
  std::uint32_t count = 0;
  for (std::size_t node = 0; node <= tree_.nodes.size(); ++node) {
    before_[node] = count;
    while (count < blocks_.size() && blocks_[count].first == node) ++count;
  }
}

void PageView::SumUp() {
  letters_.assign(blocks_.size() + 1, 0);
  link_letters_.assign(blocks_.size() + 1, 0);
  paragraphs_.assign(blocks_.size() + 1, 0);
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    letters_[i + 1] = letters_[i] + blocks_[i].letters;
    link_letters_[i + 1] = link_letters_[i] + blocks_[i].link_letters;
    paragraphs_[i + 1] = paragraphs_[i] + (IsRunning(blocks_[i]) ? blocks_[i].letters : 0);
  }
}

void PageView::ReadLines() {
  lines_.resize(blocks_.size());
  for (std::size_t i = 0; i < blocks_.size(); ++i) ReadLine(i);
}

void PageView::ReadLine(std::size_t block) {
  Line& line = lines_[block];
  const BlockText text = BlockTextOf(tree_, blocks_[block]);
  const std::string_view trimmed = TrimAscii(text.beginning);
  AppendMatchKey(text.beginning, line.key);
  line.start = StartOf(trimmed);
  if (const auto role = lexicon_.RoleOf(line.start, line.whole_phrase))
    line.phrase = static_cast<std::uint8_t>(*role);
  FindWords(text::ToLower(trimmed), line);
  line.flags = FlagsOf(blocks_[block], text);
}

void PageView::FindWords(std::string_view lower, Line& line) const {
  constexpr std::string_view kBetween = " \t\r\n.,:;!?()[]/|\"'";
  while (!lower.empty()) {
    const std::size_t end = std::min(lower.find_first_of(kBetween), lower.size());
    if (end > 1) {
      if (const auto role = lexicon_.RoleOfWord(lower.substr(0, end)))
        line.inside =
            static_cast<std::uint16_t>(line.inside | (1U << static_cast<unsigned>(*role)));
    }
    lower.remove_prefix(std::min(end + 1, lower.size()));
  }
}

void PageView::CountCopies() {
  std::unordered_map<std::string_view, std::uint32_t> counts;
  for (const Line& line : lines_) ++counts[line.key];
  for (Line& line : lines_) line.copies = counts[line.key];
}

// Menus, footers, comments and the like are known by what they are called, unless hardly any
// running text stands elsewhere: then the name misleads (a forum's posts are "comments", a page's
// one column is its "menu").
void PageView::SetAside() {
  constexpr std::uint32_t kEnough = 600;
  WeighParts();
  PartSet unwanted = 0;
  for (const std::string_view name : {"comment", "cookie", "footer", "nav", "related"}) {
    const PartSet part = lexicon_.Part(name);
    if (part != 0 && !(name == "comment" && IsForum()) &&
        outside_[static_cast<std::size_t>(std::countr_zero(part))] >= kEnough)
      unwanted |= part;
  }
  std::uint32_t tags = 0;
  for (const Tag tag : {Tag::kNav, Tag::kAside, Tag::kFooter}) {
    const std::uint32_t bit = 1U << kAroundBit[static_cast<std::size_t>(tag)];
    std::uint32_t outside = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if ((tags_[blocks_[i].parent] & bit) == 0) outside += paragraphs_[i + 1] - paragraphs_[i];
    }
    if (outside >= kEnough) tags |= bit;
  }
  std::erase_if(blocks_, [&](const TextBlock& block) {
    return (around_[block.parent] & unwanted) != 0 || (tags_[block.parent] & tags) != 0;
  });
}

/// Whether the page as a whole is called a forum.
bool PageView::IsForum() const {
  if (!facts_.body) return false;
  const Node& body = tree_.nodes[*facts_.body];
  const PartSet parts = lexicon_.PartsIn(tree_.Get(body, AttributeName::kClass)) |
                        lexicon_.PartsIn(tree_.Get(body, AttributeName::kId));
  return (parts & lexicon_.Part("forum")) != 0;
}

void PageView::WeighParts() {
  outside_.fill(paragraphs_.back());
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const std::uint32_t running = paragraphs_[i + 1] - paragraphs_[i];
    if (running == 0) continue;
    PartSet set = around_[blocks_[i].parent];
    for (; set != 0; set &= set - 1)
      outside_[static_cast<std::size_t>(std::countr_zero(set))] -= running;
  }
}

void PageView::ReadStated() {
  const auto add = [&](const std::optional<std::string>& text) {
    if (!text) return;
    std::string key = MatchKey(CutAt(*text, 400));
    if (key.size() >= 4) titles_.push_back(std::move(key));
  };
  for (const StatedArticle& article : facts_.stated) add(article.headline);
  add(facts_.First({"og:title"}));
  add(facts_.First({"twitter:title", "dc.title", "title"}));
  add(facts_.title);
  if (const auto text = facts_.First({"og:description", "description", "twitter:description"}))
    description_ = MatchKey(*text);
  for (const StatedArticle& article : facts_.stated) {
    if (article.body && body_.empty()) body_ = MatchKey(*article.body);
  }
}

// The first heading that says what the page is called; the highest rank wins.
void PageView::FindTitle() {
  title_block_ = blocks_.size();
  int best = 0;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const int rank = TitleRank(i);
    if (rank <= best) continue;
    best = rank;
    title_block_ = i;
  }
}

int PageView::TitleRank(std::size_t block) const {
  const TextBlock& text = blocks_[block];
  const Tag tag = tree_.nodes[text.parent].tag;
  int rank = 0;
  if (SaysTitle(lines_[block].key, titles_)) {
    rank = tag == Tag::kH1 ? 6 : Has(tag, Trait::kHeading) ? 5 : 3;
  } else if (tag == Tag::kH1) {
    rank = text.words >= 3 ? 4 : 1;
  }
  return text.link_letters * 2 > text.letters ? rank - 1 : rank;
}

bool PageView::IsNoBody(std::size_t block) const {
  const Line& line = lines_[block];
  if (block == title_block_ || std::ranges::find(titles_, line.key) != titles_.end()) return true;
  const std::uint32_t caption = 1U << kAroundBit[static_cast<std::size_t>(Tag::kFigcaption)];
  if ((tags_[blocks_[block].parent] & caption) != 0) return true;
  if (!line.whole_phrase) return false;
  switch (static_cast<PhraseRole>(line.phrase)) {
    case PhraseRole::kRelated:
    case PhraseRole::kShare:
    case PhraseRole::kComment:
    case PhraseRole::kNewsletter:
    case PhraseRole::kLogin:
    case PhraseRole::kAd:
      return true;
    default:
      return false;
  }
}

// -------------------------------------------------------------------------- the first pass

class FirstPassWriter {
 public:
  explicit FirstPassWriter(const PageView& view) : view_(view) {}

  FeatureRows Write() {
    const std::size_t count = view_.blocks_.size();
    out_.features.reserve(count * 56);
    out_.begins.reserve(count + 1);
    for (std::size_t i = 0; i < count; ++i) {
      Row row(out_);
      Text(i, row);
      Names(i, row);
      Lines(i, row);
      Boxes(i, row);
      Neighbours(i, row);
    }
    out_.begins.push_back(static_cast<std::uint32_t>(out_.features.size()));
    return std::move(out_);
  }

 private:
  void Text(std::size_t i, Row& row) const {
    const TextBlock& block = view_.blocks_[i];
    const Tag tag = view_.tree_.nodes[block.parent].tag;
    const float links = Share(block.link_letters, block.letters);
    const std::size_t coarse = CoarseWords(block.words);
    const std::size_t kind = TagKind(tag);
    row.Add(Group::kBias, 0);
    row.Add(Group::kWords, WordBin(block.words));
    row.Add(Group::kLinks, LinkBin(links));
    row.Add(Group::kWordsLinks, coarse * 5 + CoarseLinks(links));
    row.Add(Group::kTagWords, kind * 7 + std::min<std::size_t>(coarse, 6));
    row.Add(Group::kTagLinks, kind * 5 + CoarseLinks(links));
    static constexpr std::array<std::uint32_t, 7> kStops = {1, 2, 3, 4, 6, 9, 14};
    row.Add(Group::kStops, SizeOf(block.words) * 8 + Bin(block.stops, kStops));
    static constexpr std::array<std::uint32_t, 5> kCommas = {1, 2, 3, 5, 8};
    row.Add(Group::kCommas, Bin(block.commas, kCommas));
    static constexpr std::array<float, 4> kCapitals = {0.1F, 0.3F, 0.6F, 0.9F};
    row.Add(Group::kCapitals,
            SizeOf(block.words) * 5 + Bin(Share(block.capitals, block.words), kCapitals));
    static constexpr std::array<float, 3> kDigits = {0.01F, 0.15F, 0.4F};
    row.Add(Group::kDigits,
            SizeOf(block.words) * 4 + Bin(Share(block.digits, block.letters), kDigits));
    row.AddSet(Group::kFlags, view_.lines_[i].flags);
    row.Add(Group::kCopies, view_.lines_[i].copies - 1);
  }

  void Names(std::size_t i, Row& row) const {
    const TextBlock& block = view_.blocks_[i];
    const auto& nodes = view_.tree_.nodes;
    // The elements between the text and its block, and the block itself.
    PartSet own = 0;
    NodeIndex at = nodes[block.first].parent;
    for (int step = 0; step < 8 && at != block.parent && at != 0; ++step) {
      own |= view_.parts_[at];
      at = nodes[at].parent;
    }
    own |= view_.parts_[block.parent];
    const NodeIndex above = nodes[block.parent].parent;
    const NodeIndex next = nodes[above].parent;
    const PartSet near = view_.parts_[above] | view_.parts_[next];
    const PartSet far = view_.around_[nodes[next].parent] & ~near;
    row.AddSet(Group::kOwn, own);
    row.AddSet(Group::kNear, near);
    row.AddSet(Group::kFar, far);
    static constexpr std::array<std::uint32_t, 2> kOutside = {200, 600};
    for (PartSet set = own | view_.around_[block.parent]; set != 0; set &= set - 1) {
      const auto part = static_cast<std::size_t>(std::countr_zero(set));
      row.Add(Group::kOutside, part * 3 + Bin(view_.outside_[part], kOutside));
    }
    row.AddSet(Group::kAround, view_.tags_[nodes[block.first].parent]);
    row.Add(Group::kTag, static_cast<std::size_t>(nodes[block.parent].tag));
    row.Add(Group::kTagAbove, static_cast<std::size_t>(nodes[above].tag));
  }

  void Lines(std::size_t i, Row& row) {
    const TextBlock& block = view_.blocks_[i];
    const PageView::Line& line = view_.lines_[i];
    if (line.phrase != 0xFF) {
      const std::size_t size = line.whole_phrase ? 0 : SizeOf(block.words) == 0 ? 1 : 2;
      row.Add(Group::kPhrase, std::size_t{3} * line.phrase + size);
    }
    if (cue_ != 0xFF) {
      static constexpr std::array<std::uint32_t, 3> kNear = {2, 5, 12};
      row.Add(Group::kCue,
              std::size_t{4} * cue_ + Bin(static_cast<std::uint32_t>(i - cue_block_), kNear));
    }
    for (std::size_t role = 0; role < kPhraseRoles; ++role) {
      if ((line.inside >> role & 1U) != 0) row.Add(Group::kInside, role * 3 + SizeOf(block.words));
    }
    if (LeadsOn(line.phrase) && block.words <= 8 && (line.whole_phrase || block.words <= 5)) {
      cue_ = line.phrase;
      cue_block_ = i;
    }
    const std::uint32_t all = std::max(view_.letters_.back(), 1U);
    row.Add(Group::kPlace, view_.letters_[i] * std::uint64_t{10} / all);
    row.Add(Group::kTitle, TitleBin(i));
    Stated(line, block, row);
  }

  /// Whether what follows such a line is likely of its kind.
  static bool LeadsOn(std::uint8_t phrase) {
    if (phrase == 0xFF) return false;
    switch (static_cast<PhraseRole>(phrase)) {
      case PhraseRole::kRelated:
      case PhraseRole::kComment:
      case PhraseRole::kNewsletter:
      case PhraseRole::kLogin:
      case PhraseRole::kLegal:
      case PhraseRole::kTags:
      case PhraseRole::kPress:
        return true;
      default:
        return false;
    }
  }

  [[nodiscard]] std::size_t TitleBin(std::size_t i) const {
    const std::size_t title = view_.title_block_;
    if (title == view_.blocks_.size()) return 0;
    if (i == title) return 1;
    static constexpr std::array<std::size_t, 6> kFar = {2, 3, 6, 15, 40, 100};
    if (i > title) return 2 + Bin(i - title, kFar);
    return 9 + Bin(title - i, kFar);
  }

  void Stated(const PageView::Line& line, const TextBlock& block, Row& row) const {
    const auto is_title = [&](const std::string& title) { return title == line.key; };
    if (std::ranges::any_of(view_.titles_, is_title)) row.Add(Group::kStated, 0);
    if (line.key.size() >= 30 && view_.description_.size() >= 30) {
      const std::size_t common = std::min(line.key.size(), view_.description_.size());
      const bool same = line.key.compare(0, common, view_.description_, 0, common) == 0;
      const Tag tag = view_.tree_.nodes[block.parent].tag;
      if (same) row.Add(Group::kStated, Has(tag, Trait::kHeading) ? 11 : 1);
    }
    if (view_.body_.size() < 200) {
      row.Add(Group::kStated, 2);
      return;
    }
    if (line.key.empty()) return;
    const std::size_t length = std::min<std::size_t>(line.key.size(), 60);
    const bool inside = view_.body_.contains(std::string_view(line.key).substr(0, length));
    row.Add(Group::kStated, (inside ? 3U : 7U) + SizeOf(block.words));
  }

  void Box(NodeIndex node, Group letters_group, Group paragraphs_group, Group share_group,
           Row& row) const {
    const auto range = view_.BlocksIn(node);
    const std::uint32_t letters = view_.letters_[range.end] - view_.letters_[range.begin];
    const std::uint32_t links = view_.link_letters_[range.end] - view_.link_letters_[range.begin];
    const std::uint32_t running = view_.paragraphs_[range.end] - view_.paragraphs_[range.begin];
    static constexpr std::array<std::uint32_t, 7> kLetters = {30, 100, 300, 800, 2000, 5000, 15000};
    row.Add(letters_group, Bin(letters, kLetters) * 5 + CoarseLinks(Share(links, letters)));
    row.Add(paragraphs_group, ShareBin(Share(running, letters)));
    row.Add(share_group, ShareBin(Share(running, view_.paragraphs_.back())));
  }

  void Boxes(std::size_t i, Row& row) const {
    const auto& nodes = view_.tree_.nodes;
    const TextBlock& block = view_.blocks_[i];
    const NodeIndex above = nodes[block.parent].parent;
    const NodeIndex next = nodes[above].parent;
    Box(block.parent, Group::kBox1, Group::kParagraphs1, Group::kShare1, row);
    Box(above, Group::kBox2, Group::kParagraphs2, Group::kShare2, row);
    Box(next, Group::kBox3, Group::kParagraphs3, Group::kShare3, row);
    static constexpr std::array<std::uint32_t, 7> kCounts = {2, 3, 5, 8, 12, 20, 40};
    const auto range = view_.BlocksIn(above);
    row.Add(Group::kSiblings, SizeOf(block.words) * 8 + Bin(range.end - range.begin, kCounts));
  }

  void Neighbour(std::size_t i, std::ptrdiff_t step, Group group, Row& row) const {
    const auto at = static_cast<std::ptrdiff_t>(i) + step;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(view_.blocks_.size())) {
      row.Add(group, 40);
      return;
    }
    const TextBlock& block = view_.blocks_[static_cast<std::size_t>(at)];
    row.Add(group,
            CoarseWords(block.words) * 5 + CoarseLinks(Share(block.link_letters, block.letters)));
  }

  void Neighbours(std::size_t i, Row& row) const {
    Neighbour(i, -1, Group::kPrevious, row);
    Neighbour(i, -2, Group::kPrevious2, row);
    Neighbour(i, 1, Group::kNext, row);
    Neighbour(i, 2, Group::kNext2, row);
  }

  const PageView& view_;
  FeatureRows out_;
  std::uint8_t cue_ = 0xFF;  ///< the last line alone that was a phrase
  std::size_t cue_block_ = 0;
};

FeatureRows PageView::FirstPass() const { return FirstPassWriter(*this).Write(); }

// -------------------------------------------------------------------------- the second pass

class SecondPassWriter {
 public:
  SecondPassWriter(const PageView& view, std::span<const float> first)
      : view_(view), first_(first) {}

  FeatureRows Write() {
    Sum();
    FindCore();
    FindKin();
    const std::size_t count = view_.blocks_.size();
    FeatureRows out;
    out.features.reserve(count * 24);
    out.begins.reserve(count + 1);
    for (std::size_t i = 0; i < count; ++i) {
      Row row(out);
      Self(i, row);
      Sides(i, row);
      Boxes(i, row);
      Order(i, row);
    }
    out.begins.push_back(static_cast<std::uint32_t>(out.features.size()));
    return out;
  }

 private:
  /// Letters that are likely the story's.
  [[nodiscard]] float Mass(std::size_t i) const {
    return first_[i] * static_cast<float>(view_.blocks_[i].letters);
  }

  void Sum() {
    mass_.assign(first_.size() + 1, 0);
    sure_.assign(first_.size() + 1, 0);
    for (std::size_t i = 0; i < first_.size(); ++i) {
      mass_[i + 1] = mass_[i] + Mass(i);
      sure_[i + 1] = sure_[i] + first_[i];
      if (first_[i] < 0.5F) continue;
      if (!any_) begin_ = i;
      any_ = true;
      end_ = i + 1;
    }
  }

  [[nodiscard]] float MassIn(NodeIndex node) const {
    const auto range = view_.BlocksIn(node);
    return mass_[range.end] - mass_[range.begin];
  }

  [[nodiscard]] float ShareOf(NodeIndex node) const {
    return mass_.back() < 1.0F ? 0.0F : MassIn(node) / mass_.back();
  }

  /// The deepest element that holds most of the likely text: from the heaviest block upwards.
  void FindCore() {
    std::size_t heaviest = 0;
    for (std::size_t i = 0; i < first_.size(); ++i) {
      if (Mass(i) > Mass(heaviest)) heaviest = i;
    }
    if (first_.empty()) return;
    core_ = view_.blocks_[heaviest].parent;
    while (core_ != 0 && ShareOf(core_) < 0.8F) core_ = view_.tree_.nodes[core_].parent;
  }

  [[nodiscard]] std::uint64_t KinOf(std::size_t i) const {
    const auto& nodes = view_.tree_.nodes;
    const Node& own = nodes[view_.blocks_[i].parent];
    const Node& above = nodes[own.parent];
    const auto hash = [&](const Node& node) {
      return std::hash<std::string_view>{}(view_.tree_.Get(node, AttributeName::kClass)) * 31U +
             static_cast<std::size_t>(node.tag);
    };
    return hash(own) * 0x9E3779B97F4A7C15U + hash(above);
  }

  void FindKin() {
    kin_.resize(first_.size());
    std::unordered_map<std::uint64_t, float> masses;
    for (std::size_t i = 0; i < first_.size(); ++i) masses[KinOf(i)] += Mass(i);
    for (std::size_t i = 0; i < first_.size(); ++i)
      kin_[i] = mass_.back() < 1.0F ? 0.0F : masses[KinOf(i)] / mass_.back();
  }

  void Self(std::size_t i, Row& row) const {
    const Tag tag = view_.tree_.nodes[view_.blocks_[i].parent].tag;
    row.Add(Group::kSelf, FineSureBin(first_[i]));
    row.Add(Group::kSelfTag, TagKind(tag) * 8 + SureBin(first_[i]));
    row.Add(Group::kKin, ShareBin(kin_[i]) * 4 + SureBin(first_[i]) / 2);
    static constexpr std::array<float, 4> kTotals = {200, 800, 2000, 5000};
    row.Add(Group::kTotal, Bin(mass_.back(), kTotals) * 8 + SureBin(first_[i]));
  }

  /// The mean over [from, to), as far as there are blocks; 0 for none.
  [[nodiscard]] float Mean(std::ptrdiff_t from, std::ptrdiff_t to) const {
    const auto count = static_cast<std::ptrdiff_t>(first_.size());
    from = std::clamp<std::ptrdiff_t>(from, 0, count);
    to = std::clamp<std::ptrdiff_t>(to, 0, count);
    if (from >= to) return 0.0F;
    return (sure_[static_cast<std::size_t>(to)] - sure_[static_cast<std::size_t>(from)]) /
           static_cast<float>(to - from);
  }

  void Sides(std::size_t block, Row& row) const {
    const auto i = static_cast<std::ptrdiff_t>(block);
    row.Add(Group::kBefore, SureBin(Mean(i - 1, i)));
    row.Add(Group::kBefore2, SureBin(Mean(i - 3, i)));
    row.Add(Group::kBefore5, SureBin(Mean(i - 6, i)));
    row.Add(Group::kBehind, SureBin(Mean(i + 1, i + 2)));
    row.Add(Group::kBehind2, SureBin(Mean(i + 1, i + 4)));
    row.Add(Group::kBehind5, SureBin(Mean(i + 1, i + 7)));
    row.Add(Group::kBetween, SureBin(Mean(i - 2, i)) * 8 + SureBin(Mean(i + 1, i + 3)));
    const TextBlock& own = view_.blocks_[block];
    const std::size_t kind = IsRunning(own)                       ? 0
                             : own.link_letters * 2 > own.letters ? 1
                             : own.words < 8                      ? 2
                                                                  : 3;
    row.Add(Group::kSandwich,
            ((SureBin(Mean(i - 2, i)) / 2 * 4 + SureBin(Mean(i + 1, i + 3)) / 2) * 4 + kind) * 2 +
                (kin_[block] > 0.3F ? 1U : 0U));
    row.Add(Group::kGap, Gap(block, -1) * 6 + Gap(block, 1));
  }

  /// How far the nearest likely block of some length stands: 0 next … 5 none.
  [[nodiscard]] std::size_t Gap(std::size_t block, int step) const {
    static constexpr std::array<std::size_t, 4> kFar = {2, 3, 5, 9};
    auto at = static_cast<std::ptrdiff_t>(block) + step;
    for (std::size_t distance = 1; distance <= 16; ++distance, at += step) {
      if (at < 0 || at >= static_cast<std::ptrdiff_t>(first_.size())) break;
      const auto other = static_cast<std::size_t>(at);
      if (first_[other] > 0.6F && view_.blocks_[other].words >= 10) return Bin(distance, kFar);
    }
    return 5;
  }

  void Box(NodeIndex node, Group mean, Group mass, Row& row) const {
    const auto range = view_.BlocksIn(node);
    const auto letters =
        static_cast<float>(view_.letters_[range.end] - view_.letters_[range.begin]);
    row.Add(mean, SureBin(letters < 1.0F ? 0.0F : MassIn(node) / letters));
    row.Add(mass, ShareBin(ShareOf(node)));
  }

  void Boxes(std::size_t i, Row& row) const {
    const auto& nodes = view_.tree_.nodes;
    const NodeIndex own = view_.blocks_[i].parent;
    const NodeIndex above = nodes[own].parent;
    const NodeIndex next = nodes[above].parent;
    Box(own, Group::kMean1, Group::kMass1, row);
    Box(above, Group::kMean2, Group::kMass2, row);
    Box(next, Group::kMean3, Group::kMass3, row);
    row.Add(Group::kSelfMass, SureBin(first_[i]) * 8 + ShareBin(ShareOf(above)));
    row.Add(Group::kDepth, Distance(own));
  }

  /// How many elements lie between a block's and the core: 0 … 6; 7 outside of it, 8 beside.
  [[nodiscard]] std::size_t Distance(NodeIndex node) const {
    const auto& nodes = view_.tree_.nodes;
    if (core_ == 0) return 9;
    if (node < core_) return 7;
    if (node >= nodes[core_].end) return 8;
    std::size_t steps = 0;
    for (NodeIndex at = node; at != core_ && steps < 6; at = nodes[at].parent) ++steps;
    return steps;
  }

  void Order(std::size_t i, Row& row) const {
    std::size_t where = 0;
    static constexpr std::array<std::size_t, 3> kFar = {2, 5, 15};
    if (any_ && i < begin_) {
      where = 1 + Bin(begin_ - i, kFar);
    } else if (any_ && i < end_) {
      where = i == begin_ ? 5 : i + 1 == end_ ? 6 : 7;
    } else if (any_) {
      where = 8 + Bin(i + 1 - end_, kFar);
    }
    row.Add(Group::kOrder, where);
    row.Add(Group::kSelfOrder, where * 8 + SureBin(first_[i]));
  }

  const PageView& view_;
  std::span<const float> first_;
  std::vector<float> mass_;  ///< running sums over the blocks
  std::vector<float> sure_;
  std::vector<float> kin_;
  bool any_ = false;
  std::size_t begin_ = 0;  ///< the stretch of likely blocks
  std::size_t end_ = 0;
  NodeIndex core_ = 0;
};

FeatureRows PageView::SecondPass(std::span<const float> first) const {
  return SecondPassWriter(*this, first).Write();
}

}  // namespace dateline::html
