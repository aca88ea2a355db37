/// A page of HTML to the stories on it.
///
///   DATELINE_TRY(const PageReader reader, PageReader::Load(tables));
///   for (const PageStory& story : reader.Read(utf8, {.url = "https://…"})) Use(story);
///
/// The way: tree (tree.h), what the page says of itself (facts.h), blocks of text (blocks.h), which
/// of them are the story's (block_model.h), what each field is (fields.h), text with places
/// (story_text.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/alignment.h"
#include "dateline/article.h"
#include "dateline/document.h"
#include "dateline/result.h"
#include "html/block_model.h"
#include "html/fields.h"
#include "html/lexicon.h"
#include "html/tree.h"
#include "tables/tables.h"

namespace dateline::html {

struct PageStory {
  Article article;  ///< spans of related links and images lie in `text`
  std::string text;
  Alignment alignment;        ///< from `text` to the bytes of the decoded page
  std::vector<Block> blocks;  ///< headline and standfirst first, then in the order of the page
};

struct PageOptions {
  std::string_view url;  ///< where the page was found; may be empty
  /// Of a body alone (a feed's content:encoded): everything but captions is the story's.
  bool fragment = false;
};

/// Immutable after Load; thread-safe.
class PageReader {
 public:
  static Result<PageReader> Load(const tables::Tables& tables);

  /// The stories of a page; none when nothing on it reads like one. REQUIRES: valid UTF-8 below
  /// 4 GiB. Nothing that the page names is fetched or run. Linear in the page but for a sort.
  [[nodiscard]] std::vector<PageStory> Read(std::string_view utf8,
                                            const PageOptions& options) const;

  [[nodiscard]] const PageLexicon& lexicon() const { return lexicon_; }

 private:
  [[nodiscard]] std::vector<PageStory> ReadTree(const Tree& tree, const PageOptions& options) const;

  PageReader(PageLexicon lexicon, BlockModel model)
      : lexicon_(std::move(lexicon)), model_(std::move(model)) {}

  PageLexicon lexicon_;
  BlockModel model_;
};

}  // namespace dateline::html
