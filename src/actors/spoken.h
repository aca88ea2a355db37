/// The countries that a story speaks of, and which of them something without a country belongs to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "actors/world.h"
#include "names/names.h"
#include "names/reading.h"

namespace dateline::actors {

/// News names a country once and then speaks of "the army" and "the minister". What is of a state
/// belongs to the country last spoken of; anybody else ("a student", "the company") only to the
/// country that the whole story is about. Filled from left to right. Keeps views into the story and
/// the tables; must not outlive them.
class SpokenCountries {
 public:
  SpokenCountries(const World& world, const Story& story, const names::Reading& reading,
                  const std::vector<names::Name>& names);

  /// `country` is named at `token`; in passing where nothing of its acts there ("in Ivory Coast",
  /// "a Danish engineer"). REQUIRES: the view outlives this.
  void Speak(std::string_view country, std::uint32_t token, bool passing = false);
  /// "a Russian port": as Speak in passing, of what a thing is.
  void SpeakOfThing(std::string_view country, std::uint32_t token);
  /// Somebody of the country is the subject of the sentence. REQUIRES: the view outlives this.
  void MarkActor(std::string_view country, std::uint32_t token);
  /// What was spoken of last is the subject of its sentence.
  void MarkSubject();
  /// A body of the country is the subject of the sentence: what was spoken of last there, where
  /// that is the country.
  void MarkOwner(std::string_view country, names::TokenRange sentence);

  /// The country that an office or a body of state belongs to: the last named in the sentence;
  /// else, in the nearest of the two sentences before that names one, the subject, that of the
  /// dateline, one that does more than tell of a thing or the last; else the story's own.
  /// Never `but`, a country to which it cannot belong.
  [[nodiscard]] std::optional<std::string_view> OfState(std::uint32_t token,
                                                        std::string_view but = {}) const;
  /// The country that people and bodies of no state belong to: that of the dateline, where the
  /// sentence has named no other so far; else that of OfState, where two of three names of
  /// countries in the story are its.
  [[nodiscard]] std::optional<std::string_view> OfAnybody(std::uint32_t token) const;

  /// Whether a country has been named in the sentence so far.
  [[nodiscard]] bool IsNamedIn(names::TokenRange sentence) const {
    return !spoken_.empty() && spoken_.back().token >= sentence.first;
  }

  /// Whether the story's home has been named in the sentence so far.
  [[nodiscard]] bool IsHomeNamedIn(names::TokenRange sentence) const;
  /// "A plea for French help, sent by the guard": another country than the home, where that is
  /// firm, whose things are told of in the sentence; who asks for them is not of it. Empty: none.
  [[nodiscard]] std::string_view OfThingAbroad(names::TokenRange sentence) const;
  /// Where a country was last named that is more than where something is or what it is of.
  [[nodiscard]] std::optional<std::uint32_t> LastActing() const;
  /// The country of where something was last said to happen.
  [[nodiscard]] std::optional<std::string_view> LastPlace() const;
  /// Whether two sentences stand in one paragraph.
  [[nodiscard]] bool AreTogether(std::uint32_t one, std::uint32_t other) const {
    return story_.sentences[one].block == story_.sentences[other].block;
  }

  /// The one country that has been named in the sentence so far.
  [[nodiscard]] std::optional<std::string_view> AloneIn(names::TokenRange sentence) const;

  /// The country that the story is at home in, where it is told, or nearly all is about it, or it
  /// is the only one of headline and lead and that spoken of most.
  [[nodiscard]] std::optional<std::string_view> Home() const;
  /// That, where more than the dateline speaks of it.
  [[nodiscard]] std::optional<std::string_view> FirmHome() const {
    return thin_ ? std::nullopt : Home();
  }

  /// The country that dateline, lead or most of what is named tell to be the home, sure or not.
  [[nodiscard]] std::optional<std::string_view> Likely() const { return home_; }

  /// Whether what the text speaks of at the token is of the story's home, where that is sure.
  [[nodiscard]] bool IsHomeAround(std::uint32_t token) const {
    return firm_ && whole_ >= kEnough && OfState(token) == home_;
  }
  /// Whether the story names the country itself, not just a town or seat of it.
  [[nodiscard]] bool Names(std::string_view country) const { return named_.contains(country); }
  /// Whether the story names the country, a body of it or a place in it.
  [[nodiscard]] bool SpeaksOf(std::string_view country) const { return WeightOf(country) > 0; }

  /// Whether a quarter of what is named is of the country, but for one name.
  [[nodiscard]] bool SpeaksMuchOf(std::string_view country) const {
    return (WeightOf(country) - 1) * 4 >= whole_;
  }

  /// Every country named by a name or an adjective, with repetitions.
  [[nodiscard]] const std::vector<std::string_view>& all() const { return all_; }

 private:
  struct Spoken {
    std::string_view country;
    std::uint32_t token = 0;
    std::uint32_t sentence = 0;
    bool subject = false;
    bool passing = false;
    bool thing = false;  ///< see SpeakOfThing
    bool scene = false;  ///< "In Lagos, …": the sentence opens with where it happens
  };
  static constexpr int kEnough = 6;  ///< weight of a story that speaks of countries at all
  /// How much a country is spoken of, a name of it counting double.
  using Weights = std::map<std::string_view, int>;

  void CountNames(const std::vector<names::Name>& names);
  void ReadDateline();
  void ReadLead();
  void NoteWhere(std::string_view country, int weight, Span span);
  void NoteAlias(const Alias& alias, names::TokenRange range);
  [[nodiscard]] bool InDateline(Span span) const;
  /// Whether what was spoken of in an earlier sentence is what this one goes on about.
  [[nodiscard]] bool GoesOn(const Spoken& spoken, std::uint32_t sentence, bool may_be_home) const;
  /// Whether the paragraph has more sentences than this one.
  [[nodiscard]] bool IsInLongParagraph(std::uint32_t sentence) const;
  /// Whether what was spoken of last tells less than what was before it.
  static bool GivesWay(const Spoken* last, const Spoken& before);
  /// By the home where it is sure, else by what a sentence before spoke of last (null: nothing
  /// near); never `but`.
  [[nodiscard]] std::optional<std::string_view> OfLast(const Spoken* last,
                                                       std::string_view but) const;
  /// Whether headline or lead opens with the name.
  [[nodiscard]] bool Opens(names::TokenRange range) const;
  /// "who fled to Paris": in a relative clause that is over at the token.
  [[nodiscard]] bool IsAside(const Spoken& spoken, std::uint32_t token) const;
  /// Whether the token stands in the phrase of place that its sentence opens with.
  [[nodiscard]] bool SetsScene(std::uint32_t token) const;
  /// Whether who was last marked as a subject does what the sentence tells.
  [[nodiscard]] bool ActsIn(std::uint32_t sentence) const;
  [[nodiscard]] int WeightOf(std::string_view country) const;
  /// Whether the text at `span` is headline or the first sentence below it.
  [[nodiscard]] bool InLead(Span span) const;
  [[nodiscard]] std::size_t CountOf(std::string_view country) const;
  /// Whether the text names a town of the country that is not in the dateline.
  [[nodiscard]] bool NamesTownOf(std::string_view country) const;
  /// Whether the text below the dateline names some country again and again.
  [[nodiscard]] bool TellsOftenOfAny() const;
  [[nodiscard]] bool InHeadline(std::uint32_t token) const;
  /// The story is at home elsewhere and nearly all about that, or names this in passing only.
  [[nodiscard]] bool IsOutweighed(const Spoken& spoken) const;
  /// A dateline or the whole of the story tells the home; `firm_` where `ruled_`.
  [[nodiscard]] bool IsHomeSure() const { return told_ || firm_; }
  /// The country last named in the token's sentence, where it is the last of all.
  [[nodiscard]] std::optional<std::string_view> InSentence(std::uint32_t token,
                                                           std::string_view but) const;

  const World& world_;
  const Story& story_;
  const names::Reading& reading_;
  std::vector<std::string_view> all_;
  std::vector<Spoken> spoken_{};
  std::map<std::string_view, int> counts_{};
  std::set<std::string_view> named_{};
  /// How often names and adjectives tell of a country below the dateline.
  std::map<std::string_view, int> told_of_{};
  Weights weights_{};
  Weights dateline_{};                        ///< that of datelines among them
  std::optional<std::string_view> opener_{};  ///< that headline or lead opens with
  int whole_ = 0;                             ///< the sum of the weights
  std::vector<std::string_view> lead_{};      ///< the countries of headline and lead, each once
  std::optional<Spoken> actor_{};             ///< who was last a subject
  /// That of the dateline, else the one spoken of most.
  std::optional<std::string_view> home_;
  bool told_ = false;   ///< the dateline tells the home
  bool thin_ = false;   ///< only the dateline speaks of the home that it tells
  bool ruled_ = false;  ///< the story is about its home most of the time
  bool firm_ = false;   ///< what is named in passing does not outweigh the home
};

}  // namespace dateline::actors
