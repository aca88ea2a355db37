#include "events/patterns.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/split.h"

namespace dateline::events {
namespace {

/// Reads one side: "O", "[O]", "with/to:O", "[with:O]".
bool ReadTarget(std::string_view item, PatternFrame& frame) {
  const bool optional = item.starts_with('[') && item.ends_with(']');
  if (optional) item = item.substr(1, item.size() - 2);
  const std::size_t colon = item.find(':');
  const std::string_view side = colon == std::string_view::npos ? item : item.substr(colon + 1);
  if (side != "O") return false;
  frame.target = true;
  frame.target_optional = optional;
  if (colon == std::string_view::npos) {
    frame.target_direct = true;
  } else {
    for (const std::string_view word : base::Split(item.substr(0, colon), '/'))
      frame.prepositions.emplace_back(word);
  }
  return true;
}

bool ReadItem(std::string_view item, bool& trigger, PatternFrame& frame) {
  if (item == "V" || item == "N" || item == "!V") {
    frame.noun = item == "N";
    frame.denied = item == "!V";
    trigger = true;
  } else if (item == "S" || item == "[S]") {
    frame.source_optional = item == "[S]";
  } else if (item == "S+O" || item == "between:S+O") {
    frame.reciprocal = true;
    frame.pair_after = item != "S+O";
  } else if (item == "W") {
    frame.words = true;
    frame.words_before = !trigger;
  } else if (item == "!O") {
    frame.no_object = true;
  } else if (item == "!C") {
    frame.no_complement = true;
  } else if (item == "O" && !trigger) {
    frame.target = frame.target_before = true;
  } else {
    return ReadTarget(item, frame);
  }
  return true;
}

Result<Code> ReadCode(const tables::Table& table, std::uint32_t row) {
  Code code;
  DATELINE_TRY(const tables::Column name, table.GetColumn("name"));
  DATELINE_TRY(const tables::Column plover, table.GetColumn("plover"));
  DATELINE_TRY(const tables::Column mode, table.GetColumn("mode"));
  DATELINE_TRY(const tables::Column quad, table.GetColumn("quad"));
  DATELINE_TRY(const tables::Column scale, table.GetColumn("goldstein"));
  code.name = table.Cell(row, name);
  code.plover = table.Cell(row, plover);
  code.mode = table.Cell(row, mode);
  DATELINE_TRY(const tables::Column ontology, table.GetColumn("ontology"));
  code.ontology = table.Cell(row, ontology);
  const std::string_view digits = table.Cell(row, quad);
  std::from_chars(digits.data(), digits.data() + digits.size(), code.quad);
  const std::string_view number = table.Cell(row, scale);
  std::from_chars(number.data(), number.data() + number.size(), code.goldstein);
  return code;
}

Result<base::TextMap<Code>> ReadCodes(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* table, tables.Get("events/cameo"));
  DATELINE_TRY(const tables::Column column, table->GetColumn("code"));
  base::TextMap<Code> codes;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    DATELINE_TRY(Code code, ReadCode(*table, row));
    codes.emplace(table->Cell(row, column), std::move(code));
  }
  return codes;
}

/// The words of `column` of a table, each with its status.
Result<Governors> ReadGovernors(const tables::Tables& tables, const char* name,
                                const char* column) {
  DATELINE_TRY(const tables::Table* table, tables.Get(name));
  DATELINE_TRY(const tables::Column lemma, table->GetColumn(column));
  DATELINE_TRY(const tables::Column status, table->GetColumn("status"));
  Governors governors;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    governors.emplace(table->Cell(row, lemma), table->Cell(row, status));
  }
  return governors;
}

/// The words of one item: a class, or the word itself.
Result<std::vector<std::string>> WordsOf(const WordSets& classes, std::string_view item) {
  if (!item.starts_with('@')) return std::vector<std::string>{std::string(item)};
  const auto found = classes.find(std::string(item.substr(1)));
  if (found == classes.end()) {
    return Fail(ErrorCode::kMalformed,
                "no class of words is called " + std::string(item) + "; add it to words.tsv",
                "events/words");
  }
  return found->second;
}

/// "sit-in" as the tokenizer parts it: "sit - in".
std::string Parted(std::string_view word) {
  std::string out;
  for (const char letter : word) {
    out += letter == '-' ? std::string(" - ") : std::string(1, letter);
  }
  return out;
}

Result<std::shared_ptr<const WordPhrases>> ReadPhrases(const WordSets& classes,
                                                       std::string_view cell,
                                                       Vocabulary& vocabulary) {
  DATELINE_TRY(const std::vector<std::string> words, ExpandWords(classes, cell));
  if (words.empty()) return nullptr;
  std::vector<WordPhrases::Phrase> phrases;
  phrases.reserve(words.size());
  for (const std::string& word : words) {
    phrases.push_back(vocabulary.Add(base::SplitPhrase(word)));
    if (word.contains('-')) phrases.push_back(vocabulary.Add(base::SplitPhrase(Parted(word))));
  }
  return std::make_shared<const WordPhrases>(std::move(phrases));
}

/// The words, classes and '+' of a value: "@troops+border post" has four.
std::vector<std::string_view> Items(std::string_view value) {
  std::vector<std::string_view> items;
  for (std::string_view word : base::Split(value, ' ')) {
    while (!word.empty()) {
      const std::size_t end = word.front() == '+' ? 1 : std::min(word.find('+'), word.size());
      items.push_back(word.substr(0, end));
      word.remove_prefix(end);
    }
  }
  return items;
}

}  // namespace

WordPhrases::WordPhrases(std::vector<Phrase> phrases) {
  std::ranges::sort(phrases);
  phrases.erase(std::ranges::unique(phrases).begin(), phrases.end());
  count_ = phrases.size();
  for (const Phrase& phrase : phrases) {
    marks_.Add(phrase.front());
    all_.push_back(phrase.front());
  }
  std::size_t begin = 2 * count_ + 1;
  all_.push_back(static_cast<std::uint32_t>(begin));
  for (const Phrase& phrase : phrases)
    all_.push_back(static_cast<std::uint32_t>(begin += phrase.size()));
  for (const Phrase& phrase : phrases) all_.insert(all_.end(), phrase.begin(), phrase.end());
  all_.shrink_to_fit();
}

Result<std::vector<std::string>> ExpandWords(const WordSets& classes, std::string_view cell) {
  std::vector<std::string> out;
  for (const std::string_view value : tables::Values(cell)) {
    std::vector<std::string> made{""};
    for (const std::string_view item : Items(value)) {
      DATELINE_TRY(const std::vector<std::string> words, WordsOf(classes, item));
      std::vector<std::string> longer;
      for (const std::string& begun : made) {
        for (const std::string& word : words) {
          std::string& phrase = longer.emplace_back(begun);
          if (!phrase.empty()) phrase += ' ';
          phrase += word;
        }
      }
      made = std::move(longer);
    }
    if (!value.empty()) out.insert(out.end(), made.begin(), made.end());
  }
  return out;
}

Result<WordSets> LoadWordSets(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* table, tables.Get("events/words"));
  DATELINE_TRY(const tables::Column name, table->GetColumn("class"));
  DATELINE_TRY(const tables::Column words, table->GetColumn("words"));
  WordSets classes;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    DATELINE_TRY(std::vector<std::string> list, ExpandWords(classes, table->Cell(row, words)));
    classes.emplace(table->Cell(row, name), std::move(list));
  }
  return classes;
}

Result<PatternFrame> ParseFrame(std::string_view text) {
  PatternFrame frame;
  frame.text = text;
  bool trigger = false;
  for (const std::string_view item : base::Split(text, ' ')) {
    if (!ReadItem(item, trigger, frame)) {
      return Fail(ErrorCode::kMalformed,
                  "\"" + std::string(item) + "\" is no item of a frame (docs/pattern-language.md)");
    }
  }
  if (!trigger)
    return Fail(ErrorCode::kMalformed,
                "the frame \"" + std::string(text) + "\" has neither V nor N");
  return frame;
}

PatternList& PatternTable::Lists::At(WordId lemma) {
  if (lemma >= place_.size()) place_.resize(lemma + std::size_t{1});
  if (place_[lemma] == 0) {
    place_[lemma] = static_cast<std::uint32_t>(lists_.size());
    lists_.emplace_back();
  }
  return lists_[place_[lemma]];
}

std::string_view PatternTable::Governor(std::string_view lemma) const {
  const auto found = governors_.find(lemma);
  return found == governors_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view PatternTable::Modifier(std::string_view form) const {
  const auto found = modifiers_.find(form);
  return found == modifiers_.end() ? std::string_view() : std::string_view(found->second);
}

void PatternTable::AddTriggers(const Pattern& pattern, const std::vector<std::string>& triggers) {
  Lists& lists = pattern.frames.front().noun ? nouns_ : verbs_;
  for (const std::string& trigger : triggers) {
    const std::vector<WordId> words = words_.Add(base::SplitPhrase(trigger));
    if (words.empty()) continue;
    TriggeredPattern each{.pattern = &pattern, .rank = pattern.rank, .wordless = pattern.wordless};
    if (words.size() > 1) each.particle = particles_.emplace_back(words.begin() + 1, words.end());
    lists.At(words.front()).push_back(each);
  }
}

void PatternTable::Lists::Sort() {
  const auto weight = [](const TriggeredPattern& each) {
    return each.particle.size() * 2 + (each.pattern->words ? 1 : 0);
  };
  for (PatternList& list : lists_) {
    std::ranges::stable_sort(list, std::ranges::greater{}, weight);
    list.shrink_to_fit();
  }
}

void PatternTable::IndexPhrases() {
  std::vector<std::vector<std::uint32_t>> by_word(words_.size());
  for (const Pattern& pattern : rows_) {
    if (!pattern.words) continue;
    for (const WordId first : pattern.words->firsts()) {
      std::vector<std::uint32_t>& ranks = by_word[first];
      if (ranks.empty() || ranks.back() != pattern.rank) ranks.push_back(pattern.rank);
    }
  }
  for (const std::vector<std::uint32_t>& ranks : by_word) {
    phrased_begins_.push_back(static_cast<std::uint32_t>(phrased_.size()));
    phrased_.insert(phrased_.end(), ranks.begin(), ranks.end());
  }
  phrased_begins_.push_back(static_cast<std::uint32_t>(phrased_.size()));
}

Result<void> PatternTable::AddRows(const tables::Tables& tables) {
  DATELINE_TRY(const WordSets classes, LoadWordSets(tables));
  DATELINE_TRY(const tables::Table* table, tables.Get("events/patterns"));
  DATELINE_TRY(const tables::Column id, table->GetColumn("id"));
  DATELINE_TRY(const tables::Column cameo, table->GetColumn("cameo"));
  DATELINE_TRY(const tables::Column trigger, table->GetColumn("trigger"));
  DATELINE_TRY(const tables::Column frame, table->GetColumn("frame"));
  DATELINE_TRY(const tables::Column words, table->GetColumn("words"));
  DATELINE_TRY(const tables::Column status, table->GetColumn("status"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    Pattern& pattern = rows_.emplace_back();
    pattern.id = table->Cell(row, id);
    pattern.cameo = table->Cell(row, cameo);
    pattern.rank = row;
    for (const std::string_view text : tables::Values(table->Cell(row, frame))) {
      auto parsed = ParseFrame(text);
      if (!parsed)
        return Fail(ErrorCode::kMalformed, parsed.error().message, "events/patterns " + pattern.id);
      pattern.frames.push_back(std::move(*parsed));
    }
    if (pattern.frames.empty() || !codes_.contains(pattern.cameo)) {
      return Fail(ErrorCode::kMalformed, "no frame, or a code that cameo.tsv does not have",
                  "events/patterns " + pattern.id);
    }
    DATELINE_TRY(pattern.words, ReadPhrases(classes, table->Cell(row, words), words_));
    pattern.wordless = !pattern.words || !std::ranges::all_of(pattern.frames, &PatternFrame::words);
    DATELINE_TRY(const std::vector<std::string> triggers,
                 ExpandWords(classes, table->Cell(row, trigger)));
    pattern.status = ParseEventStatus(table->Cell(row, status)).value_or(EventStatus::kOccurred);
    AddTriggers(pattern, triggers);
  }
  return {};
}

Result<PatternTable> PatternTable::Load(const tables::Tables& tables) {
  PatternTable result;
  DATELINE_TRY(result.codes_, ReadCodes(tables));
  DATELINE_TRY(result.governors_, ReadGovernors(tables, "events/governors", "lemma"));
  DATELINE_TRY(result.modifiers_, ReadGovernors(tables, "events/modifiers", "form"));
  if (auto added = result.AddRows(tables); !added) return std::unexpected(added.error());
  result.verbs_.Sort();
  result.nouns_.Sort();
  result.IndexPhrases();
  return result;
}

}  // namespace dateline::events
