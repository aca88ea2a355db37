/// A story as a person wants it: headline, who said what, who did what to whom, with the sentences.
#pragma once

#include <string>

#include "dateline/story.h"
#include "page.h"

namespace dateline::cli {

struct DigestOptions {
  PageOptions page;
  bool analysed = true;  ///< false: the body of the story instead of what was found in it
};

/// Ends with an empty line. Text of the story cannot command the terminal (see Printable).
std::string WriteDigest(const Story& story, const DigestOptions& options);

/// The headline and the events alone, each with its sentence; nothing where there are none.
std::string WriteEventDigest(const Story& story, const DigestOptions& options);

/// The headline and who said what alone, each with its sentence; nothing where nobody is quoted.
std::string WriteQuoteDigest(const Story& story, const DigestOptions& options);

}  // namespace dateline::cli
