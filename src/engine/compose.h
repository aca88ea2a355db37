/// From a page to stories with text, blocks and article: what the reading stage alone gives.
#pragma once

#include <vector>

#include "article/article_reader.h"
#include "dateline/engine.h"
#include "html/page_reader.h"
#include "readers/pages.h"

namespace dateline::engine {

/// Decodes and normalises the page, finds its stories and their structure, and puts the fields that
/// the input states (a JSON record's headline …) before what the text says. Fields that stand apart
/// from the text are set in front of it as blocks of their own, with no place in the source bytes.
/// Errors: those of text::Normalise.
Result<std::vector<Story>> ComposeStories(const readers::Page& page, const ReadOptions& options,
                                          const article::Layouts& layouts,
                                          const html::PageReader& html_pages);

}  // namespace dateline::engine
