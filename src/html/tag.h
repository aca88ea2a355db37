/// The elements of HTML that reading a page depends on, and how each behaves.
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline::html {

/// In the order of their names; all others are kOther, those with a hyphen kCustom.
enum class Tag : std::uint8_t {
  kA,
  kAbbr,
  kAddress,
  kArea,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBase,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCanvas,
  kCaption,
  kCenter,
  kCite,
  kCode,
  kCol,
  kColgroup,
  kDatalist,
  kDd,
  kDetails,
  kDialog,
  kDiv,
  kDl,
  kDt,
  kEm,
  kEmbed,
  kFieldset,
  kFigcaption,
  kFigure,
  kFont,
  kFooter,
  kForm,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHgroup,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kLabel,
  kLegend,
  kLi,
  kLink,
  kListing,
  kMain,
  kMath,
  kMenu,
  kMeta,
  kNav,
  kNoembed,
  kNoframes,
  kNoscript,
  kObject,
  kOl,
  kOptgroup,
  kOption,
  kP,
  kParam,
  kPicture,
  kPlaintext,
  kPre,
  kRp,
  kRt,
  kRuby,
  kS,
  kScript,
  kSection,
  kSelect,
  kSlot,
  kSmall,
  kSource,
  kSpan,
  kStrong,
  kStyle,
  kSub,
  kSummary,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kTrack,
  kU,
  kUl,
  kVideo,
  kWbr,
  kXmp,
  kCustom,
  kOther,
};
inline constexpr std::size_t kTagCount = static_cast<std::size_t>(Tag::kOther) + 1;

/// The tag of a name in any case.
Tag TagOf(std::string_view name);
/// Whether `name`, in any case, is `lower`.
bool SameName(std::string_view name, std::string_view lower);
/// Its name in lower case; "custom" and "other" of those without.
std::string_view TagName(Tag tag);

enum class Trait : std::uint16_t {
  kVoid = 1U << 0U,        ///< has no content: br, img, meta
  kRawText = 1U << 1U,     ///< its content is text up to its end tag: script, style
  kBlock = 1U << 2U,       ///< stands on lines of its own
  kClosesP = 1U << 3U,     ///< begins only behind an open paragraph
  kScope = 1U << 4U,       ///< an end tag inside it closes nothing outside: td, table
  kListScope = 1U << 5U,   ///< an item inside it closes no item outside
  kFormatting = 1U << 6U,  ///< b, i, a …: its end tag closes no block
  kHeading = 1U << 7U,
  kHead = 1U << 8U,     ///< may stand in the head
  kHidden = 1U << 9U,   ///< its content is no text of the page
  kInline = 1U << 10U,  ///< its end tag closes nothing that is a block
};

bool Has(Tag tag, Trait trait);

}  // namespace dateline::html
