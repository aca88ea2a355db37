#include "model/features.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/mapped_file.h"
#include "model/language_model.h"
#include "model/model_file.h"

namespace dateline::model {
namespace {

std::vector<std::vector<std::string>> ReadTable(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) continue;
    std::vector<std::string> cells;
    std::stringstream cut(line);
    for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
    rows.push_back(cells);
  }
  if (!rows.empty()) rows.erase(rows.begin());  // the header
  return rows;
}

TEST(Features, AreThoseOfTheTrainingProgram) {
  const auto mapping = base::MappedFile::Open(DATELINE_SOURCE_DIR "/models/english.dlm");
  ASSERT_TRUE(mapping) << mapping.error().Text();
  const auto file = ModelFile::Open(mapping->view());
  ASSERT_TRUE(file) << file.error().Text();
  const auto lower = file->Get<std::uint32_t>("lower", file->Rows("lower").value_or(0), 2);
  ASSERT_TRUE(lower);
  FeatureReader reader{LowerCase(*lower)};
  const auto rows = ReadTable("testdata/features.tsv");
  ASSERT_GT(rows.size(), 30U);
  for (const auto& row : rows) {
    const FormFeatures found = reader.Read(row[0]);
    std::string text;
    for (const std::uint32_t r : found.rows) text += (text.empty() ? "" : " ") + std::to_string(r);
    EXPECT_EQ(row[1], text) << row[0];
    EXPECT_EQ(row[2], std::to_string(found.vector_key)) << row[0];
    EXPECT_EQ(row[3], std::to_string(found.lexicon_key)) << row[0];
  }
}

TEST(Features, CapitalIsALetterWithALowerCase) {
  FeatureReader reader{LowerCase()};
  EXPECT_TRUE(reader.Read("Oslo").capital);
  EXPECT_FALSE(reader.Read("oslo").capital);
  EXPECT_FALSE(reader.Read("“Oslo").capital);
  EXPECT_FALSE(reader.Read("5").capital);
}

TEST(Features, QuotationMarksOfAllKindsAreOne) {
  EXPECT_EQ(U"\"", NormaliseForm("“"));
  EXPECT_EQ(U"\"", NormaliseForm("''"));
  EXPECT_EQ(U"n't", NormaliseForm("n’t"));
}

}  // namespace
}  // namespace dateline::model
