/// How the parts of a scene are read, in this order; inside of scene.h, for its sources alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/scene.h"

namespace dateline::events {

/// Whom the sentence names: scene_named.cc.
void ReadActors(const StoryView& view, Scene& scene);

/// "Western diplomats", "world leaders and officials", "peacekeepers": of no one land, least of all
/// that spoken of.
bool AreForeigners(const Scene& scene, std::uint32_t noun);

/// The countries that the text before tells of: scene_told.cc.
void ReadRecent(const StoryView& view, Scene& scene);

/// The country of a war within: told more than any other, whose insurgents are told as often as
/// each other country.
std::string TornLand(std::span<const CountryTold> lands);

/// "police said they had arrested him", "Chad's premier said she had", "… his country had": a
/// pronoun of whom nothing else is known is whoever speaks. "Chad and Niger said they would talk":
/// both. In scene_speakers.cc, as the next.
void AddSpeakers(const StoryView& view, Scene& scene);

/// "We condemn the raid on our embassy," the minister said: who is quoted speaks for his country.
void AddQuoted(const StoryView& view, Scene& scene);

/// "both governments", "the two leaders": scene_joint.cc, as the three next.
void AddJointActors(const StoryView& view, Scene& scene);

/// Whether the phrase says itself whose: "both governments of the islands", "leaders of Chad". Of
/// two that are counted a place does not.
bool NamesSomebody(const StoryView& view, const Scene& scene, std::uint32_t head,
                   bool counted = false);

/// "Ana Ruiz of Chad telephoned Niger's premier": the countries of two people or governments of
/// which one does something to the other; empty for none. The verbs must be known.
std::vector<std::string> DealtTogether(const Scene& scene);

/// "urged both sides to honour the truce they signed": a pronoun of whom nothing else is known is
/// those whom the sentence told together.
void AddJointPronouns(const StoryView& view, Scene& scene);

/// "the accusation", "its neighbour": scene_unnamed.cc, as the two next.
void AddOthers(const StoryView& view, Scene& scene);

/// People of whom nobody says whose they are belong to the country of the sentence's place, else to
/// that last spoken of. They are kept apart: a pattern takes them when it finds nobody else.
void AddCitizens(const StoryView& view, Scene& scene);

/// In a text about one country, tanks and the like of which nobody says whose they are belong to
/// its army.
void AddArms(const StoryView& view, Scene& scene);

/// scene_verbs.cc.
void ReadVerbs(const StoryView& view, Scene& scene);

/// The verb that tells the clause: over it, or beside it.
std::optional<std::uint32_t> SayingAround(const Tree& tree, std::uint32_t clause);

}  // namespace dateline::events
