/// Memory that the program holds.
#pragma once

#include <unistd.h>

#include <fstream>

namespace dateline::cli {

/// In bytes.
inline double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace dateline::cli
