/// The kernels that were built; kernels.cc chooses among them.
#pragma once

#include "model/kernels.h"

namespace dateline::model {

extern const Kernels kScalarKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

}  // namespace dateline::model
