#include "events/roles.h"

#include <string>

#include "gtest/gtest.h"

namespace dateline::events {
namespace {

/// The classes of a code, as letters: armed, office, political, partisan, world body, firm.
std::string Classes(std::string_view code) {
  std::string out;
  if (IsArmed(code)) out += 'a';
  if (HoldsOffice(code)) out += 'o';
  if (IsPolitical(code)) out += 'p';
  if (IsPartisan(code)) out += 'y';
  if (IsWorldBody(code)) out += 'w';
  if (IsFirm(code)) out += 'f';
  return out;
}

TEST(Roles, TellOfficeArmsAndPolitics) {
  const struct {
    const char* code;
    const char* classes;
  } cases[] = {
      {"PER", ""},        {"PERGOV", "op"}, {"PERLEG", "op"}, {"PERJUD", "op"},
      {"PERMIL", "ao"},   {"PERCOP", "ao"}, {"PERSPY", "ao"}, {"PERGOVMIL", "ao"},
      {"PERREB", "a"},    {"PERSEP", "a"},  {"PERINS", "a"},  {"UAF", "a"},
      {"IMGMOSSEB", "a"}, {"PEROPP", "p"},  {"PERPTY", "py"}, {"PERELIGOV", "opy"},
      {"PEROPPREB", "a"}, {"IGOUNO", "w"},  {"NGOHRI", "w"},  {"PERBUS", "f"},
      {"MNCPER", "f"},    {"PERMED", ""},   {"", ""},         {"PE", ""},
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
