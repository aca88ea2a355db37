#include "actors/people.h"

#include <algorithm>

#include "tables/tables.h"

namespace dateline::actors {
namespace {

bool HasSeveralWords(std::string_view name) { return name.find(' ') != name.npos; }

/// Whether the name says more: a word more, or letters with their marks, which take more bytes.
bool SaysMore(std::string_view name, std::string_view other) {
  return name.size() != other.size() ? name.size() > other.size() : name > other;
}

}  // namespace

std::uint32_t People::FirstOf(std::uint32_t person) const {
  while (people_[person].first != person) person = people_[person].first;
  return person;
}

void People::Unite(std::uint32_t one, std::uint32_t other) {
  const auto [first, second] = std::minmax({FirstOf(one), FirstOf(other)});
  people_[second].first = first;  // of one with itself, too
}

void People::Add(std::string_view country, std::string_view name, std::string_view variants) {
  const auto number = static_cast<std::uint32_t>(people_.size());
  const std::uint32_t person = rows_.try_emplace({country, name}, number).first->second;
  if (person == number) people_.push_back({.name = name, .first = number});
  const auto take = [&](std::string_view each) {
    if (!HasSeveralWords(each)) return;
    std::string key(country);
    for (const std::string& word : tables::FoldPhrase(each)) key += ' ' + word;
    Unite(names_.try_emplace(std::move(key), person).first->second, person);
  };
  take(name);
  while (!variants.empty()) {
    const std::size_t end = std::min(variants.find('|'), variants.size());
    take(variants.substr(0, end));
    variants.remove_prefix(std::min(end + 1, variants.size()));
  }
}

void People::Settle() {
  names_.clear();
  for (std::uint32_t i = 0; i < people_.size(); ++i) {
    std::string_view& known_as = people_[FirstOf(i)].known_as;
    const std::string_view name = people_[i].name;
    if (HasSeveralWords(name) && SaysMore(name, known_as)) known_as = name;
  }
}

std::string_view People::KnownAs(std::string_view country, std::string_view name) const {
  const auto row = rows_.find({country, name});
  return row == rows_.end() ? std::string_view() : people_[FirstOf(row->second)].known_as;
}

}  // namespace dateline::actors
