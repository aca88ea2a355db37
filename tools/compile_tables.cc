// Checks the tables of a folder and writes them as one compiled file:
//   compile_tables DATA_DIR OUTPUT
// Prints each problem as file:line: message and fails when there is one.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>

#include "tables/compile.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: compile_tables DATA_DIR OUTPUT\n");
    return 2;
  }
  const auto compiled = dateline::tables::CompileFolder(argv[1]);
  if (!compiled) {
    fmt::print(stderr, "{}\n", compiled.error().Text());
    return 1;
  }
  for (const auto& problem : compiled->problems) fmt::print(stderr, "{}\n", problem.Text());
  if (!compiled->problems.empty()) return 1;
  std::ofstream out(argv[2], std::ios::binary);
  out.write(compiled->bytes.data(), static_cast<std::streamsize>(compiled->bytes.size()));
  out.close();
  if (!out) {
    fmt::print(stderr, "{}: cannot be written\n", argv[2]);
    return 1;
  }
  return 0;
}
