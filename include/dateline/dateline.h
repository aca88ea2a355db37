/// Everything a user of the library needs.
#pragma once

#include "dateline/engine.h"  // IWYU pragma: export
#include "dateline/record.h"  // IWYU pragma: export
#include "dateline/story.h"   // IWYU pragma: export
