#include "kafka/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dateline::kafka {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(Settings, LinesAreNamesAndValues) {
  const auto settings = ParseSettings(
      "# of the cluster\n\nsecurity.protocol = SASL_SSL\r\nsasl.password=a=b # c\nssl.ca=\n", "f");
  ASSERT_TRUE(settings);
  EXPECT_THAT(*settings, ElementsAre(Pair("security.protocol", "SASL_SSL"),
                                     Pair("sasl.password", "a=b # c"), Pair("ssl.ca", "")));
}

TEST(Settings, ALineWithoutAValueIsNamed) {
  for (const char* text : {"a=b\nretries\n", "a=b\n = 3"}) {
    const auto settings = ParseSettings(text, "kafka.conf");
    ASSERT_FALSE(settings) << text;
    EXPECT_EQ(settings.error().where, "kafka.conf:2");
  }
}

TEST(Settings, WhatTheGuaranteeRestsOnIsNotTheFilesToSay) {
  for (const char* text : {"enable.auto.commit=true", "isolation.level=read_uncommitted",
                           "transactional.id=x", "group.id=y", "enable.idempotence=false"}) {
    const auto settings = ParseSettings(text, "kafka.conf");
    ASSERT_FALSE(settings) << text;
    EXPECT_EQ(settings.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(settings.error().message, HasSubstr("is not for the file"));
  }
}

}  // namespace
}  // namespace dateline::kafka
