// Checks the tables of a folder and writes them as one compiled file:
//   compile_tables DATA_DIR OUTPUT
// Prints each problem as file:line: message, then their number, and fails when there is one; an old
// output stays as it was.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <span>
#include <string>

#include "tables/compile.h"

namespace {

bool WriteFile(const char* path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return static_cast<bool>(out);
}

int Compile(const char* folder, const char* output) {
  const auto compiled = dateline::tables::CompileFolder(folder);
  if (!compiled) {
    fmt::print(stderr, "{}\n", compiled.error().Text());
    return 1;
  }
  for (const auto& problem : compiled->problems)
    fmt::print(stderr, "{}/{}\n", folder, problem.Text());
  if (!compiled->problems.empty()) {
    fmt::print(stderr, "{} problems in the tables of {}\n", compiled->problems.size(), folder);
    return 1;
  }
  if (!WriteFile(output, compiled->bytes)) {
    fmt::print(stderr, "{}: cannot be written\n", output);
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 3) {
    fmt::print(stderr, "usage: compile_tables DATA_DIR OUTPUT\n");
    return 2;
  }
  return Compile(arguments[1], arguments[2]);
}
