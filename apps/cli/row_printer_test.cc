#include "row_printer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

namespace dateline::cli {
namespace {

std::string Printed(const RowPrinter::Options& options) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  Output output(ends[1]);
  RowPrinter printer(options, output);
  printer.Begin({"who", "events", "mean"});
  printer.Row({TextCell("=A|B"), NumberCell(7), RealCell(-1.5)});
  printer.Row({TextCell("Ada\x1b"), NumberCell(1234), RealCell(std::nullopt)});
  printer.Finish();
  output.Flush();
  close(ends[1]);
  std::string text(4096, '\0');
  const ssize_t size = read(ends[0], text.data(), text.size());
  close(ends[0]);
  text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return text;
}

TEST(RowPrinterTest, TablesAlignNumbersToTheRight) {
  EXPECT_EQ(Printed({.form = TableForm::kTable}),
            "who      events   mean\n"
            "=A|B          7  -1.50\n"
            "Ada\\x1b    1234       \n");
}

TEST(RowPrinterTest, FilesHoldTheSame) {
  EXPECT_EQ(Printed({.form = TableForm::kCsv}),
            "who,events,mean\r\n'=A|B,7,-1.50\r\nAda\x1b,1234,\r\n");
  EXPECT_EQ(Printed({.form = TableForm::kTsv}),
            "who\tevents\tmean\n=A|B\t7\t-1.50\nAda\x1b\t1234\t\n");
  EXPECT_EQ(Printed({.form = TableForm::kTsv, .safe = true}),
            "who\tevents\tmean\n'=A|B\t7\t-1.50\nAda\x1b\t1234\t\n");
  EXPECT_EQ(Printed({.form = TableForm::kJsonLines}),
            "{\"who\":\"=A|B\",\"events\":7,\"mean\":-1.50}\n"
            "{\"who\":\"Ada\\u001b\",\"events\":1234,\"mean\":null}\n");
  EXPECT_EQ(Printed({.form = TableForm::kMarkdown}),
            "| who | events | mean |\n|---|---|---|\n| =A\\|B | 7 | -1.50 |\n"
            "| Ada  | 1234 |  |\n");
}

}  // namespace
}  // namespace dateline::cli
