/// Names out of bylines and credit lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/cues.h"

namespace dateline::article {

struct NameOptions {
  bool lenient = false;  ///< a label says that these are names: lower case and one word will do
};

/// The names in "Ann Lee, Staff Writer, and Bo Ray in Oslo", as printed, runs of space as one;
/// without job titles, places and agencies before a name. Nothing when no name is found.
std::vector<std::string> NamesIn(std::string_view line, const LayoutCues& cues,
                                 const NameOptions& options = {});
/// "Ann Lee", "ANN de la LEE": two to five capitalised words and particles, none a job.
bool LooksLikeName(std::string_view line, const LayoutCues& cues);
/// "Staff Writer", "Science Correspondent in Oslo": a job title and no name.
bool LooksLikeJob(std::string_view line, const LayoutCues& cues);
/// "The Lake Herald", "Herald (Lakeside)", "lakenews.com": the name of a paper.
bool LooksLikeMasthead(std::string_view line, const LayoutCues& cues);

/// The words of a text, split at spaces.
std::vector<std::string_view> WordsOf(std::string_view text);
/// Any run of white space as one space, none at the ends.
std::string Squeezed(std::string_view text);
/// Whether the text begins with an upper-case letter (or one beyond ASCII).
bool BeginsUpper(std::string_view text);
/// Whether there is an ASCII letter and none is lower case.
bool AllCaps(std::string_view text);

}  // namespace dateline::article
