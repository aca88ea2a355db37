#include "events/roles.h"

#include <string>

#include "gtest/gtest.h"

namespace dateline::events {
namespace {

/// What is told of a code, as letters: armed, office, political, partisan (y), public (u), firm.
std::string Classes(std::string_view code) {
  std::string out;
  if (IsArmed(code)) out += 'a';
  if (HoldsOffice(code)) out += 'o';
  if (IsPolitical(code)) out += 'p';
  if (IsPartisan(code)) out += 'y';
  if (IsPublic(code)) out += 'u';
  if (IsFirm(code)) out += 'f';
  return out;
}

TEST(Roles, TellOfficeArmsAndPolitics) {
  const struct {
    const char* code;
    const char* classes;
  } cases[] = {
      {"PER", ""},         {"PERGOV", "opu"}, {"PERLEG", "opu"}, {"PERJUD", "opu"},
      {"PERMIL", "aou"},   {"PERCOP", "aou"}, {"PERSPY", "aou"}, {"PERGOVMIL", "aou"},
      {"PERREB", "au"},    {"PERSEP", "au"},  {"PERINS", "au"},  {"UAF", "au"},
      {"IMGMOSSEB", "au"}, {"PEROPP", "pu"},  {"PERPTY", "pyu"}, {"PERELIGOV", "opyu"},
      {"PEROPPREB", "au"}, {"IGOUNO", "u"},   {"NGOHRI", "u"},   {"PERBUS", "f"},
      {"MNCPER", "f"},     {"PERMED", ""},    {"", ""},          {"PE", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(Classes(c.code), c.classes) << c.code;
}

TEST(Roles, AreWholePartsOfACode) {
  EXPECT_TRUE(HasRole("PERGOVMIL", "MIL"));
  EXPECT_FALSE(HasRole("XMILPE", "MIL")) << "no part begins there";
  EXPECT_FALSE(HasRole("PER", "MIL"));
}

}  // namespace
}  // namespace dateline::events
