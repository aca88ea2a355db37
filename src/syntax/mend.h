/// Trees mended where the model's decoder, which scores one word at a time, gives a clause a form that
/// English has not.
#pragma once

#include <cstddef>

#include "dateline/story.h"

namespace dateline::syntax {

/// Mends the tree of the sentence of tokens [first, last), whose heads and relations are set:
/// - a second subject behind its verb is the object, or stands beside the object before it
///   ("rang President Saleh", "summoned the ambassador, Ann Lee");
/// - a sentence that is read as a bare name, with its verb in the past hung below what is told of the
///   name between commas, is that verb's ("Eyadema, the broker of a truce which lasted weeks,
///   spoke").
/// It stays a tree with one root. Linear but for chains of heads.
void MendTree(Story& story, std::size_t first, std::size_t last);

}  // namespace dateline::syntax
