#include "html/tag.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "base/ascii.h"

namespace dateline::html {
namespace {

using base::Lower;

// In the order of the enumeration, which is that of the bytes.
constexpr std::array<std::string_view, kTagCount> kNames = {
    "a",     "abbr",       "address", "area",     "article",  "aside",    "audio",      "b",
    "base",  "blockquote", "body",    "br",       "button",   "canvas",   "caption",    "center",
    "cite",  "code",       "col",     "colgroup", "datalist", "dd",       "details",    "dialog",
    "div",   "dl",         "dt",      "em",       "embed",    "fieldset", "figcaption", "figure",
    "font",  "footer",     "form",    "h1",       "h2",       "h3",       "h4",         "h5",
    "h6",    "head",       "header",  "hgroup",   "hr",       "html",     "i",          "iframe",
    "img",   "input",      "label",   "legend",   "li",       "link",     "listing",    "main",
    "math",  "menu",       "meta",    "nav",      "noembed",  "noframes", "noscript",   "object",
    "ol",    "optgroup",   "option",  "p",        "param",    "picture",  "plaintext",  "pre",
    "rp",    "rt",         "ruby",    "s",        "script",   "section",  "select",     "slot",
    "small", "source",     "span",    "strong",   "style",    "sub",      "summary",    "sup",
    "svg",   "table",      "tbody",   "td",       "template", "textarea", "tfoot",      "th",
    "thead", "time",       "title",   "tr",       "track",    "u",        "ul",         "video",
    "wbr",   "xmp",        "custom",  "other"};
constexpr std::size_t kNamed = kTagCount - 2;
static_assert(std::ranges::is_sorted(kNames.begin(), kNames.begin() + kNamed));

constexpr std::size_t kLongest = 10;
constexpr std::size_t kSlots = 512;

/// Lower case of letters; of other bytes of names whatever, but never a letter.

constexpr std::size_t Hash(std::string_view name) {
  std::uint32_t hash = static_cast<std::uint32_t>(name.size());
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(Lower(c))) * 0x01000193U;
  return (hash ^ (hash >> 15U)) % kSlots;
}

/// Open addressing; 0 is free, else tag + 1.
constexpr std::array<std::uint8_t, kSlots> MakeSlots() {
  std::array<std::uint8_t, kSlots> slots{};
  for (std::size_t i = 0; i < kNamed; ++i) {
    std::size_t at = Hash(kNames[i]);
    while (slots[at] != 0) at = (at + 1) % kSlots;
    slots[at] = static_cast<std::uint8_t>(i + 1);
  }
  return slots;
}
constexpr auto kSlotOf = MakeSlots();

constexpr std::uint16_t Bit(Trait trait) { return static_cast<std::uint16_t>(trait); }

constexpr std::array<std::uint16_t, kTagCount> MakeTraits() {
  std::array<std::uint16_t, kTagCount> traits{};
  const auto give = [&](Trait trait, std::initializer_list<Tag> tags) {
    for (const Tag tag : tags) traits[static_cast<std::size_t>(tag)] |= Bit(trait);
  };
  using enum Tag;
  give(Trait::kVoid, {kArea, kBase, kBr, kCol, kEmbed, kHr, kImg, kInput, kLink, kMeta, kParam,
                      kSource, kTrack, kWbr});
  give(Trait::kRawText, {kScript, kStyle, kTextarea, kTitle, kIframe, kNoembed, kNoframes, kXmp});
  give(Trait::kBlock,
       {kAddress,    kArticle, kAside,   kBlockquote, kBody,   kCaption, kCenter, kColgroup,
        kCustom,     kDd,      kDetails, kDialog,     kDiv,    kDl,      kDt,     kFieldset,
        kFigcaption, kFigure,  kFooter,  kForm,       kH1,     kH2,      kH3,     kH4,
        kH5,         kH6,      kHead,    kHeader,     kHgroup, kHr,      kHtml,   kLegend,
        kLi,         kListing, kMain,    kMenu,       kNav,    kOl,      kP,      kPre,
        kSection,    kSummary, kTable,   kTbody,      kTd,     kTfoot,   kTh,     kThead,
        kTr,         kUl,      kXmp,     kPlaintext});
  give(Trait::kClosesP,
       {kAddress, kArticle, kAside,   kBlockquote, kCenter,     kDd,     kDetails,  kDialog,
        kDiv,     kDl,      kDt,      kFieldset,   kFigcaption, kFigure, kFooter,   kForm,
        kH1,      kH2,      kH3,      kH4,         kH5,         kH6,     kHeader,   kHgroup,
        kHr,      kLi,      kListing, kMain,       kMenu,       kNav,    kOl,       kP,
        kPre,     kSection, kSummary, kTable,      kUl,         kXmp,    kPlaintext});
  give(Trait::kScope, {kCaption, kHtml, kObject, kTable, kTd, kTemplate, kTh, kSvg, kMath});
  give(Trait::kListScope,
       {kArticle, kAside,    kBlockquote, kBody,    kButton, kCenter, kDd,       kDetails, kDl,
        kDt,      kFieldset, kFigure,     kFooter,  kForm,   kHeader, kMain,     kMenu,    kNav,
        kOl,      kSection,  kUl,         kCaption, kTable,  kTd,     kTemplate, kTh});
  give(Trait::kFormatting, {kA, kB, kCode, kEm, kFont, kI, kS, kSmall, kStrong, kU, kForm});
  give(Trait::kHeading, {kH1, kH2, kH3, kH4, kH5, kH6});
  give(Trait::kHead,
       {kBase, kHead, kHtml, kLink, kMeta, kNoscript, kScript, kStyle, kTemplate, kTitle});
  give(Trait::kHidden,
       {kAudio,    kButton,   kCanvas,   kDatalist, kHead,   kIframe, kMath,   kNoembed,
        kNoframes, kNoscript, kObject,   kOptgroup, kOption, kRp,     kScript, kSelect,
        kStyle,    kSvg,      kTemplate, kTextarea, kTitle,  kVideo});
  give(Trait::kInline, {kAbbr, kCite, kLabel, kOther, kRp, kRt, kRuby, kSpan, kSub, kSup, kTime});
  return traits;
}
constexpr auto kTraits = MakeTraits();

}  // namespace

Tag TagOf(std::string_view name) {
  if (name.size() <= kLongest) {
    for (std::size_t at = Hash(name); kSlotOf[at] != 0; at = (at + 1) % kSlots) {
      const std::size_t tag = kSlotOf[at] - 1U;
      if (SameName(name, kNames[tag])) return static_cast<Tag>(tag);
    }
  }
  return name.contains('-') ? Tag::kCustom : Tag::kOther;
}

bool SameName(std::string_view name, std::string_view lower) {
  return name.size() == lower.size() &&
         std::ranges::equal(name, lower, [](char a, char b) { return Lower(a) == b; });
}

std::string_view TagName(Tag tag) { return kNames.at(static_cast<std::size_t>(tag)); }

bool Has(Tag tag, Trait trait) {
  return (kTraits[static_cast<std::size_t>(tag)] & Bit(trait)) != 0;
}

}  // namespace dateline::html
