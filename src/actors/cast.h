/// The people, bodies and countries of a story while it is read: who a mention may mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/entity.h"

namespace dateline::actors {

enum class Gender : std::uint8_t { kUnknown, kMale, kFemale };

/// Where in the story something stands, for telling what is near.
struct Where {
  std::uint32_t token = 0;
  std::uint32_t sentence = 0;
  std::uint32_t block = 0;
};

struct Member {
  Entity entity;
  std::vector<std::string> words;     ///< folded words of the fullest name
  Gender gender = Gender::kUnknown;   ///< told by a title, an address or a pronoun
  Gender given = Gender::kUnknown;    ///< told by the given name
  bool guessed = false;               ///< the country is only that of what stands around
  bool listed = false;                ///< the guess is that of a table of office holders
  bool pointed = false;               ///< the country is that of "its", which may mean another
  bool at_home = false;               ///< first named where the story speaks of its home
  std::string role_code;              ///< CAMEO role code told by titles: "GOVMIL"
  std::string owner_code;             ///< actor code of whom a spokesman speaks for
  std::vector<std::string> offices;   ///< folded titles, a space behind each word
  std::optional<std::size_t> serves;  ///< index of the person whose aide or spokesman it is
  std::vector<std::string> titles;    ///< folded last words of the titles: "minister"
  Where last{};                       ///< where last mentioned
  bool subject = false;               ///< was a subject there
  bool speaker = false;               ///< stood beside a verb of saying there
};

/// Puts a country that is told in place of none or a guess, in the offices as well.
void ChangeCountry(Member& member, const std::string& country);

/// Whether somebody of that gender may be the member.
bool MayBe(const Member& member, Gender gender);

/// Members by index: they stay put, the vector grows.
class Cast {
 public:
  using Index = std::size_t;

  Index Open(EntityType type, std::string name, std::vector<std::string> words);
  void AddMention(Index index, const Mention& mention, const Where& where);

  [[nodiscard]] Member& operator[](Index index) { return members_[index]; }
  [[nodiscard]] const Member& operator[](Index index) const { return members_[index]; }
  [[nodiscard]] std::size_t size() const { return members_.size(); }

  /// The person of that name and of no other gender: the same words, or a part of them (or they a
  /// part of it); the family name counts before other words, the more prominent before others.
  [[nodiscard]] std::optional<Index> FindPerson(const std::vector<std::string>& words,
                                                Gender gender) const;
  [[nodiscard]] std::optional<Index> FindNamed(EntityType type,
                                               const std::vector<std::string>& words) const;
  [[nodiscard]] std::optional<Index> FindCountry(std::string_view country) const;
  /// The body last mentioned that has the word in its name: "the front".
  [[nodiscard]] std::optional<Index> FindBodyWith(std::string_view word) const;
  /// The holder of an office (`office` as in Member, or empty); else of one whose title's last word
  /// is `title`. The country agrees where both are known.
  [[nodiscard]] std::optional<Index> FindHolder(std::string_view office, std::string_view title,
                                                std::optional<std::string_view> country) const;
  /// The body by name that is most in the reader's mind: a subject or the only one of the two
  /// sentences before.
  [[nodiscard]] std::optional<Index> FindBody(const Where& where) const;
  /// The body of several states that was spoken of last: the United Nations, or any other.
  [[nodiscard]] std::optional<Index> FindUnion(bool of_world) const;
  /// How much a member is in the reader's mind.
  static double Nearness(const Member& member, const Where& where);
  /// Whom "he" or "she" means: the most prominent person shortly before; whom its chain of
  /// coreference names, `chained`, counts as more so; never `barred`.
  [[nodiscard]] std::optional<Index> FindFor(Gender gender, const Where& where,
                                             std::optional<Index> chained,
                                             std::optional<Index> barred) const;
  /// What "it" means: the country or body that was the last subject.
  [[nodiscard]] std::optional<Index> FindThing(const Where& where) const;

  std::vector<Entity> Take() &&;

 private:
  std::vector<Member> members_;
};

}  // namespace dateline::actors
