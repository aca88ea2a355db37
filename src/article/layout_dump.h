/// A reading as text that a person can check and correct: how the golden layouts are written.
///
///   headline: Lake ferry adds a night boat
///   author: Ann Lee | Bo Ray
///   related: READ MORE > Ferry towns ask for a bridge
///   image: A boat at dawn. > Lake Trust
///
///   [headline] Lake ferry adds a night boat
///   [utterance ANN LEE] Good evening.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/article_reader.h"

namespace dateline::article {

/// Fields that are absent are left out; texts are printed on one line.
std::string DumpReading(const Reading& reading, std::string_view text);
/// All readings, "== story N" above each when there are several.
std::string DumpReadings(const std::vector<Reading>& readings, std::string_view text);

}  // namespace dateline::article
