/// Stories for tests, with the entities marked in the text:
///
///   MakeMarkedStory("[S Ann Lee|PERGOV] met [O Japan|JPN]. [he|=Ann Lee] said so.")
///
/// A mark is "[name|code]", with "S " or "O " before the name where a test says who is source and
/// who target; "[word|=name]" is another mention of the entity of that name. A code of three
/// letters makes a country, a longer one a person. Blank lines part paragraphs; a first paragraph
/// "# …" is the headline. Only for tests.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/story.h"
#include "syntax/testing/shared_parser.h"

namespace dateline::quotes::testing {

struct MarkedStory {
  Story story;
  std::vector<Span> sources;  ///< the mentions marked S
  std::vector<Span> targets;  ///< the mentions marked O
};

class MarkedStoryMaker {
 public:
  MarkedStory Make(std::string_view marked) {
    while (!marked.empty()) {
      const std::size_t cut = std::min(marked.find("\n\n"), marked.size());
      Paragraph(marked.substr(0, cut));
      marked.remove_prefix(std::min(cut + 2, marked.size()));
      while (marked.starts_with('\n')) marked.remove_prefix(1);
    }
    Story& story = made_.story;
    syntax::testing::Annotate(story);
    return std::move(made_);
  }

 private:
  void Paragraph(std::string_view marked) {
    while (marked.ends_with('\n')) marked.remove_suffix(1);
    if (marked.empty()) return;
    Block block;
    if (marked.starts_with("# ")) {
      block.kind = BlockKind::kHeadline;
      marked.remove_prefix(2);
    }
    std::string& text = made_.story.text;
    const std::size_t begin = text.size();
    while (!marked.empty()) {
      const std::size_t open = std::min(marked.find('['), marked.size());
      text += marked.substr(0, open);
      marked.remove_prefix(open);
      if (marked.empty()) break;
      const std::size_t close = marked.find(']');
      Mark(marked.substr(1, close - 1));
      marked.remove_prefix(close + 1);
    }
    block.span = MakeSpan(begin, text.size());
    made_.story.blocks.push_back(block);
    text += "\n\n";
  }

  void Mark(std::string_view mark) {
    const bool source = mark.starts_with("S ");
    const bool target = mark.starts_with("O ");
    if (source || target) mark.remove_prefix(2);
    const std::size_t bar = std::min(mark.find('|'), mark.size());
    const std::string_view name = mark.substr(0, bar);
    const std::string_view code = mark.substr(std::min(bar + 1, mark.size()));
    std::string& text = made_.story.text;
    const Span span = MakeSpan(text.size(), text.size() + name.size());
    text += name;
    Entity& entity = EntityOf(name, code);
    const bool pronoun = code.starts_with('=') && name.size() <= 4;
    entity.mentions.push_back({span, pronoun ? MentionKind::kPronoun : MentionKind::kName});
    if (source) made_.sources.push_back(span);
    if (target) made_.targets.push_back(span);
  }

  Entity& EntityOf(std::string_view name, std::string_view code) {
    const std::string key(code.starts_with('=') ? code.substr(1) : name);
    const auto [slot, added] = index_.try_emplace(key, made_.story.entities.size());
    if (added) {
      Entity entity;
      entity.name = key;
      entity.type = code.size() == 3 ? EntityType::kCountry : EntityType::kPerson;
      if (code.size() >= 3) {
        entity.country = std::string(code.substr(0, 3));
        entity.actor = std::string(code);
      }
      made_.story.entities.push_back(std::move(entity));
    }
    return made_.story.entities[slot->second];
  }

  MarkedStory made_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

inline MarkedStory MakeMarkedStory(std::string_view marked) {
  return MarkedStoryMaker().Make(marked);
}

}  // namespace dateline::quotes::testing
