// TimeML: the text with TIMEX3 around its time expressions, and the day of publication as the
// document's creation time.
#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "record/export_forms.h"
#include "record/export_parts.h"

namespace dateline::record {
namespace {

void AddPlainText(pugi::xml_node node, std::string_view text) {
  node.append_child(pugi::node_pcdata).set_value(ForXml(text).c_str());
}

void SetAttribute(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(ForXml(value).c_str());
}

void AddCreationTime(pugi::xml_node root, const Story& story) {
  const auto& published = story.article.date_published;
  auto time = root.append_child("DCT").append_child("TIMEX3");
  SetAttribute(time, "tid", "t0");
  const bool clock = published && published->time;
  SetAttribute(time, "type", clock ? "TIME" : "DATE");
  const std::string value = published ? FormatDateTime(*published) : "XXXX-XX-XX";
  SetAttribute(time, "value", value);
  SetAttribute(time, "temporalFunction", "false");
  SetAttribute(time, "functionInDocument", "CREATION_TIME");
  AddPlainText(time, value);
}

/// The expressions in order; one that overlaps an earlier one cannot be an element.
void AddMarkedText(pugi::xml_node root, const Story& story) {
  auto text = root.append_child("TEXT");
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < story.times.size(); ++i) {
    const Timex& time = story.times[i];
    if (time.span.begin < at) continue;
    AddPlainText(text, Span{at, time.span.begin}.of(story.text));
    auto element = text.append_child("TIMEX3");
    SetAttribute(element, "tid", fmt::format("t{}", i + 1));
    SetAttribute(element, "type", std::string(TimexTypeName(time.type)));
    SetAttribute(element, "value", time.value);
    if (time.mod) SetAttribute(element, "mod", *time.mod);
    AddPlainText(element, time.span.of(story.text));
    at = time.span.end;
  }
  AddPlainText(text, std::string_view(story.text).substr(at));
}

}  // namespace

std::string WriteTimeMl(const Story& story) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  SetAttribute(declaration, "version", "1.0");
  SetAttribute(declaration, "encoding", "UTF-8");
  auto root = document.append_child("TimeML");
  AddPlainText(root.append_child("DOCID"), story.id);
  AddCreationTime(root, story);
  if (story.article.headline) AddPlainText(root.append_child("TITLE"), *story.article.headline);
  AddMarkedText(root, story);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str() + "\n";
}

}  // namespace dateline::record
