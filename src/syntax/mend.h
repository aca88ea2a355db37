/// Trees mended where the model's decoder, which scores one word at a time, gives a clause a form
/// that English has not.
#pragma once

#include <cstddef>

#include "dateline/story.h"

namespace dateline::syntax {

/// Mends the tree of the sentence of tokens [first, last), whose heads and relations are set:
/// - "Said" between a comma and a capital is a name ("the envoy, Said Djinnit");
/// - a second subject behind its verb is the object, or stands beside the object before it
///   ("rang President Saleh", "summoned the ambassador, Ann Lee");
/// - a sentence that is read as a bare name, with its verb in the past hung below what is told of
///   the name between commas, or joined to it by no word, is that verb's ("Eyadema, the broker of a
///   truce which lasted weeks, spoke"; "Relations between the two improved"), or is read as part of
///   what is told of the name ("Two planes carrying doctors landed", "A senator called for talks");
/// - what stands right before the helper of a verb without subject, or right behind the word that
///   opens its clause, is its subject ("said ten men would be tried", "where the mayor spoke");
/// - a noun, adjective or adverb with an object is a verb ("Jets bomb camps"), as is what is
///   compounded with its object or modifies it ("Chad froze aid");
/// - what stands right behind "which" is the verb of that clause ("Chad, which sold oil, agreed").
/// It stays a tree with one root. Quadratic in the length of the sentence, which has a bound.
void MendTree(Story& story, std::size_t first, std::size_t last);

}  // namespace dateline::syntax
