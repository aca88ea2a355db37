/// Signatures as they are stored: the number of terms in a byte, then bit by bit, the highest of a
/// byte first, the step from the key before (its upper 6 bits as so many ones and a nought, 18 as
/// they are) and the weight (6 bits; 63: eight more follow). Keys are hashes: fewer bits would not
/// hold them.
#pragma once

#include <string>
#include <string_view>

#include "archive/clusterer.h"

namespace dateline::archive {

/// REQUIRES: sorted, at most 255 terms.
std::string PackSignature(const Signature& signature);
/// As much as there is of it.
Signature UnpackSignature(std::string_view bytes);
/// As archives before version 7 have it: four bytes a term, least first.
Signature SignatureOfFours(std::string_view bytes);

}  // namespace dateline::archive
