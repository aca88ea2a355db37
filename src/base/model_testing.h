/// What the tests of every model file share.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/model_envelope.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dateline::base::testing {

/// All bytes of a file; none when there is no such file.
inline std::string BytesOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Why the bytes are refused; "none" when they are read.
template <typename Model>
std::string ComplaintOf(std::string_view bytes) {
  const auto read = Model::FromBytes(bytes);
  return read ? "none" : read.error().message;
}

/// Damages the envelope of a sound file in each way, and expects that it is said how.
template <typename Model>
void ExpectDamageIsTold(const std::string& sound, const ModelKind& kind) {
  using ::testing::HasSubstr;
  EXPECT_EQ(ComplaintOf<Model>(sound), "none");
  EXPECT_THAT(ComplaintOf<Model>(""), HasSubstr("too short"));
  EXPECT_THAT(ComplaintOf<Model>("no model at all, but long enough for its head"),
              HasSubstr(std::string(kind.magic)));
  EXPECT_THAT(ComplaintOf<Model>(std::string_view(sound).substr(0, sound.size() - 1)),
              HasSubstr("its header says"));
  std::string changed = sound;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_THAT(ComplaintOf<Model>(changed), HasSubstr("checksum"));
  changed = sound;
  changed[8] = 9;
  EXPECT_THAT(ComplaintOf<Model>(changed), HasSubstr("format version 9"));
}

}  // namespace dateline::base::testing
