// A dictionary is read line by line. "&NAME" opens a set of words and "+WORD" adds to it; "--- NAME
// [CODE] ---" opens a block of verbs, each on a line of its own; "- … * … [CODE]" is a pattern of
// all verbs of the block. What stands beside the '*' becomes words that must all stand in the
// clause (joined by '+'), a preposition without a noun the place of the target.
#include "events/verb_dictionary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "events/one_of.h"
#include "text/charsets.h"
#include "text/line_reader.h"

namespace dateline::events {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kNoCode = "---";
constexpr std::size_t kMostParts = 4;  ///< elements of a pattern
constexpr std::size_t kMostPhrases = 3000;
constexpr const char* kAnyPreposition = "[of/in/to/from/on/with/against/for/at:O]";

std::string_view Trim(std::string_view text) { return base::Trim(text, kBlanks); }

std::string_view WithoutComment(std::string_view line) {
  return Trim(line.substr(0, std::min(line.find('#'), line.find(';'))));
}

/// "CALL_OFF" to "call off".
std::string Plain(std::string_view word) {
  std::string plain;
  for (const char c : word) {
    const char lower = base::Lower(c);
    if (lower == '_' || kBlanks.contains(lower)) {
      if (!plain.empty() && plain.back() != ' ') plain += ' ';
    } else {
      plain += lower;
    }
  }
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

bool IsWord(std::string_view word) {
  return !word.empty() && word.find_first_of("|@+[]{}()*&\"#:;=,%$^~<>/\\") == word.npos &&
         std::ranges::none_of(word, [](char c) { return c >= 0 && c < ' '; });
}

/// "attacks" is met as "attack" as well: patterns match words and lemmas.
std::string Singular(const std::string& word) {
  if (word.size() < 4 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") ||
      word.ends_with("is"))
    return word;
  if (word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view ending : {"ches", "shes", "sses", "xes"}) {
    if (word.ends_with(ending)) return word.substr(0, word.size() - 2);
  }
  return word.substr(0, word.size() - 1);
}

bool IsPreposition(std::string_view word) {
  static constexpr std::array<std::string_view, 31> kWords{
      "about",   "across", "after",   "against", "along",  "among", "around", "at",
      "before",  "behind", "between", "by",      "during", "for",   "from",   "in",
      "inside",  "into",   "near",    "of",      "off",    "on",    "onto",   "over",
      "through", "to",     "toward",  "towards", "under",  "upon",  "with"};
  return IsOneOf(word, kWords);
}

/// What one pattern line asks for.
struct Sides {
  std::vector<std::string> words;  ///< each must stand in the clause
  std::vector<std::string> prepositions;
  bool before = false;  ///< words stand before the verb
};

class DictionaryReader {
 public:
  DictionaryReader(std::string_view text, std::string file, const IsCode& is_code)
      : lines_(text), is_code_(is_code) {
    out_.file = std::move(file);
  }

  VerbDictionary Read() && {
    while (const auto line = lines_.Next()) ReadLine(*line);
    CloseBlock();
    return std::move(out_);
  }

 private:
  void Complain(std::string message, ErrorCode code = ErrorCode::kMalformed) {
    out_.problems.push_back(
        {code, std::move(message), fmt::format("{}:{}", out_.file, lines_.number())});
  }

  void ReadLine(std::string_view raw) {
    if (const auto fault = text::FaultOfLine(raw); !fault.empty())
      return Complain(std::string(fault));
    const std::string_view line = WithoutComment(raw);
    if (line.empty()) return;
    if (line.starts_with("---")) return OpenBlock(line);
    if (line.front() == '&') return OpenSet(line.substr(1));
    if (line.front() == '~')
      return Complain("rewrites one event as another, which no pattern of ours does",
                      ErrorCode::kUnsupported);
    if (line.front() == '-') return ReadPattern(line);
    if (line.front() == '+' && in_set_) return AddToSet(line.substr(1));
    ReadVerb(line);
  }

  // ---- codes

  /// The code between the last brackets of a line, cut off from it: "" for "---", absent where the
  /// line has none. nullopt inside: a problem was noted.
  struct Code {
    bool given = false;
    std::optional<std::string> code;
  };
  Code TakeCode(std::string_view& line) {
    const std::size_t open = line.rfind('[');
    if (open == line.npos) return {};
    const std::size_t close = line.find(']', open);
    std::string_view code =
        Trim(line.substr(open + 1, close == line.npos ? close : close - open - 1));
    line = Trim(line.substr(0, open));
    if (close == line.npos || code.empty()) {
      Complain("the code's brackets are empty or not closed");
      return {.given = true, .code = std::nullopt};
    }
    if (code.starts_with(':')) {
      Complain(fmt::format("code '{}' is of the target alone, which no pattern of ours is", code),
               ErrorCode::kUnsupported);
      return {.given = true, .code = std::nullopt};
    }
    // "042:043" is the source's and the target's; the second follows from the first.
    code = code.substr(0, code.find(':'));
    if (code == kNoCode) return {.given = true, .code = ""};
    if (is_code_(code)) return {.given = true, .code = std::string(code)};
    Complain(fmt::format("'{}' is no code of cameo.tsv", code));
    return {.given = true, .code = std::nullopt};
  }

  // ---- sets

  void OpenSet(std::string_view name) {
    CloseBlock();
    in_set_ = true;
    if (!IsWord(Plain(name)) || Plain(name).find(' ') != std::string::npos) {
      in_set_ = false;
      return Complain(fmt::format("'&{}' is no name of a set", name));
    }
    out_.sets.push_back({.name = SetName(name), .words = {}, .line = lines_.number()});
  }

  static std::string SetName(std::string_view name) { return "petr." + Plain(name); }

  void AddToSet(std::string_view text) {
    const std::string word = Plain(text);
    if (!IsWord(word)) return Complain(fmt::format("'{}' is no word", text));
    for (const std::string& form : {word, Singular(word)}) {
      auto& words = out_.sets.back().words;
      if (std::ranges::find(words, form) == words.end()) words.push_back(form);
    }
  }

  // ---- verbs

  void OpenBlock(std::string_view line) {
    CloseBlock();
    in_set_ = false;
    while (line.starts_with('-')) line.remove_prefix(1);
    if (const std::size_t end = line.rfind("---"); end != line.npos && line.find(']') < end)
      line = line.substr(0, line.find(']') + 1);
    const Code code = TakeCode(line);
    block_code_ = code.code.value_or("");
    block_line_ = lines_.number();
  }

  /// The verbs of a block without a code of their own give the block's.
  void CloseBlock() {
    Flush(block_code_, verbs_, block_line_);
    verbs_.clear();
    all_verbs_.clear();
    block_code_.clear();
  }

  void Flush(const std::string& code, const std::vector<std::string>& verbs, std::size_t line) {
    if (code.empty() || verbs.empty()) return;
    out_.patterns.push_back({.cameo = code,
                             .triggers = verbs,
                             .frame = std::string("S V O|S V ") + kAnyPreposition,
                             .words = "",
                             .text = verbs.front(),
                             .line = line});
  }

  void ReadVerb(std::string_view line) {
    in_set_ = false;
    const Code code = TakeCode(line);
    if (line.starts_with('+')) line.remove_prefix(1);
    const std::string verb = Plain(Trim(line.substr(0, line.find('{'))));
    const bool forms_closed = line.find('{') == line.npos || line.find('}') != line.npos;
    if (!IsWord(verb) || !forms_closed)
      return Complain(fmt::format("'{}' is no verb; write VERB {{FORMS}} [CODE]", line));
    if (std::ranges::find(all_verbs_, verb) != all_verbs_.end()) return;
    all_verbs_.push_back(verb);
    if (!code.given) {
      verbs_.push_back(verb);
    } else if (code.code) {
      Flush(*code.code, {verb}, lines_.number());
    }
  }

  // ---- patterns

  void ReadPattern(std::string_view line) {
    in_set_ = false;
    const std::string_view whole = line;
    line = Trim(line.substr(1));
    const Code code = TakeCode(line);
    if (!code.given) return Complain("has no code; write it in brackets at the end");
    if (!code.code) return;
    if (all_verbs_.empty()) return Complain("stands below no verb");
    const std::size_t star = line.find('*');
    if (star == line.npos || line.find('*', star + 1) != line.npos)
      return Complain("needs one '*' where the verb stands");
    Sides sides;
    phrase_count_ = 1;
    if (!ReadElements(line.substr(0, star), sides)) return;
    sides.before = !sides.words.empty();
    if (!ReadElements(line.substr(star + 1), sides)) return;
    if (code.code->empty()) {
      ++out_.uncoded;
      return;
    }
    if (sides.words.size() > kMostParts)
      return Complain(fmt::format("has more than {} elements", kMostParts));
    out_.patterns.push_back({.cameo = *code.code,
                             .triggers = all_verbs_,
                             .frame = FrameOf(sides),
                             .words = fmt::format("{}", fmt::join(sides.words, "+")),
                             .text = std::string(whole),
                             .line = lines_.number()});
  }

  static std::string FrameOf(const Sides& sides) {
    const char* verb = sides.words.empty() ? "S V" : sides.before ? "W S V" : "S V W";
    if (!sides.prepositions.empty())
      return fmt::format("{} {}:O", verb, fmt::join(sides.prepositions, "/"));
    if (sides.words.empty()) return std::string("S V O|S V ") + kAnyPreposition;
    return fmt::format("{0} O|{0} {1}", verb, kAnyPreposition);
  }

  /// "TROOPS {AIR RAID} (ON TOWN)": each word, phrase in braces, and prepositional phrase.
  bool ReadElements(std::string_view text, Sides& sides) {
    while (!(text = Trim(text)).empty()) {
      const char close = text.front() == '{' ? '}' : text.front() == '(' ? ')' : '\0';
      const std::size_t end = close != '\0' ? text.find(close) : text.find_first_of(" \t{(");
      if (close != '\0' && end == text.npos) {
        Complain(fmt::format("'{}' is not closed", text));
        return false;
      }
      const std::size_t begin = close != '\0' ? 1 : 0;
      const std::string_view element = text.substr(begin, end == text.npos ? end : end - begin);
      if (!AddElement(element, sides)) return false;
      text.remove_prefix(std::min(text.size(), end == text.npos ? end : end + begin));
    }
    return true;
  }

  bool AddElement(std::string_view element, Sides& sides) {
    // TABARI's marks of source, target, compound and gap: our frames say where the sides stand.
    if (element.size() == 1 && std::string_view("$+%^").contains(element.front())) return true;
    std::vector<std::string> phrases{""};
    bool first = true;
    while (!(element = Trim(element)).empty()) {
      const std::size_t end = std::min(element.find_first_of(" \t"), element.size());
      const std::string_view item = element.substr(0, end);
      element.remove_prefix(end);
      const bool leads = std::exchange(first, false);
      if (leads && IsPreposition(Plain(item))) {
        if (Trim(element).empty()) sides.prepositions.push_back(Plain(item));
        continue;
      }
      if (!AddItem(item, phrases)) return false;
    }
    if (!phrases.front().empty()) sides.words.push_back(phrases.front());
    return true;
  }

  /// Adds a word, or a set's name, to the phrase.
  bool AddItem(std::string_view item, std::vector<std::string>& phrases) {
    const bool set = item.starts_with('&');
    const std::string word = set ? SetName(item.substr(1)) : Singular(Plain(item));
    const auto known = std::ranges::find_if(
        out_.sets, [&](const VerbSet& s) { return set && s.name == word && !s.words.empty(); });
    if (set && known == out_.sets.end()) {
      Complain(fmt::format("'{}' is no set with words defined above", item));
      return false;
    }
    if (set) phrase_count_ *= known->words.size();
    if (phrase_count_ > kMostPhrases) {
      Complain(fmt::format("its sets stand for more than {} phrases", kMostPhrases));
      return false;
    }
    if (!IsWord(set ? std::string_view(word).substr(5) : std::string_view(word))) {
      Complain(fmt::format("'{}' is no word", item));
      return false;
    }
    std::string& phrase = phrases.front();
    if (!phrase.empty()) phrase += ' ';
    phrase += set ? "@" + word : word;
    return true;
  }

  text::LineReader lines_;
  const IsCode& is_code_;
  VerbDictionary out_;
  bool in_set_ = false;
  std::size_t phrase_count_ = 1;  ///< that the pattern at hand stands for
  std::string block_code_;
  std::size_t block_line_ = 0;
  std::vector<std::string> verbs_;      ///< of the block, without a code of their own
  std::vector<std::string> all_verbs_;  ///< of the block
};

std::string Cell(std::string_view text) {
  std::string cell(text);
  std::ranges::replace_if(cell, [](char c) { return (c >= 0 && c < ' ') || c == '|'; }, ' ');
  return cell;
}

std::string NameOf(std::string_view path) {
  std::string name(path.substr(path.rfind('/') + 1));
  std::ranges::replace_if(name, [](char c) { return (c >= 0 && c <= ' ') || c == '|'; }, '_');
  return text::IsValidUtf8(name) && !name.empty() ? name : "dictionary";
}

}  // namespace

VerbDictionary ReadVerbDictionary(std::string_view text, std::string file, const IsCode& is_code) {
  return DictionaryReader(text, std::move(file), is_code).Read();
}

std::map<std::string, std::string> MakeVerbOverlay(std::span<const VerbDictionary> files) {
  std::map<std::string, std::set<std::string>> sets;
  std::string patterns;
  std::set<std::string> ids;
  for (const VerbDictionary& file : files) {
    const std::string name = NameOf(file.file);
    for (const VerbSet& set : file.sets) sets[set.name].insert(set.words.begin(), set.words.end());
    for (const VerbPattern& pattern : file.patterns) {
      std::string id = fmt::format("petr.{}.{}", name, pattern.line);
      while (!ids.insert(id).second) id += "+";
      patterns += fmt::format("{}\t{}\t{}\t{}\t{}\t\t{}\t\t{}\n", id, pattern.cameo,
                              fmt::join(pattern.triggers, "|"), pattern.frame, pattern.words,
                              Cell(pattern.text), fmt::format("{}:{}", name, pattern.line));
    }
  }
  std::map<std::string, std::string> texts;
  std::string rows;
  for (const auto& [set, words] : sets) {
    if (!words.empty()) rows += fmt::format("{}\t{}\timported\n", set, fmt::join(words, "|"));
  }
  constexpr const char* kNote = "# Imported from verb dictionaries: see the last column.\n";
  if (!rows.empty())
    texts["events/words.tsv"] = fmt::format("{}class\twords\tsource\n{}", kNote, rows);
  if (!patterns.empty()) {
    texts["events/patterns.tsv"] =
        fmt::format("{}id\tcameo\ttrigger\tframe\twords\tstatus\texample\tcounter\tsource\n{}",
                    kNote, patterns);
  }
  return texts;
}

}  // namespace dateline::events
