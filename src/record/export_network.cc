// The network of ties as a directed graph, for Gephi, networkx, igraph and others.
#include <fmt/format.h>

#include <array>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "dateline/export.h"
#include "record/export_parts.h"

namespace dateline {
namespace {

using record::ForXml;

/// A value of an edge or node: its name, its type in either form, its text.
struct EdgeValue {
  const char* name;
  const char* type;  ///< as GraphML has it: "long", "double", "string"
  std::string text;
};

std::vector<EdgeValue> ValuesOf(const Tie& tie) {
  const EventTally& tally = tie.tally;
  return {{"weight", "double", fmt::format("{}", tally.events)},
          {"goldstein_mean", "double", fmt::format("{:.4f}", tally.Mean().value_or(0))},
          {"goldstein_sum", "double", fmt::format("{:.4f}", tally.goldstein)},
          {"verbal_cooperation", "long", fmt::format("{}", tally.quads[0])},
          {"material_cooperation", "long", fmt::format("{}", tally.quads[1])},
          {"verbal_conflict", "long", fmt::format("{}", tally.quads[2])},
          {"material_conflict", "long", fmt::format("{}", tally.quads[3])},
          {"first", "string", tie.first},
          {"last", "string", tie.last}};
}

/// Nodes by name, each with its number and the events it has a part in.
struct Node {
  std::size_t number = 0;
  std::uint64_t events = 0;
};
using Nodes = std::map<std::string, Node, std::less<>>;

Nodes NodesOf(const std::vector<Tie>& ties) {
  Nodes nodes;
  for (const Tie& tie : ties) {
    nodes[tie.source].events += tie.tally.events;
    nodes[tie.target].events += tie.tally.events;
  }
  std::size_t number = 0;
  for (auto& [name, node] : nodes) node.number = number++;
  return nodes;
}

pugi::xml_node AddElement(pugi::xml_node to, const char* element,
                          std::initializer_list<std::pair<const char*, std::string>> attributes) {
  auto node = to.append_child(element);
  for (const auto& [name, value] : attributes) {
    node.append_attribute(name).set_value(ForXml(value).c_str());
  }
  return node;
}

std::string IdOf(const Nodes& nodes, const std::string& name) {
  return fmt::format("n{}", nodes.find(name)->second.number);
}

// ---- GEXF 1.2

void DeclareGexf(pugi::xml_node graph) {
  auto of_nodes = AddElement(graph, "attributes", {{"class", "node"}});
  AddElement(of_nodes, "attribute", {{"id", "events"}, {"title", "events"}, {"type", "long"}});
  auto of_edges = AddElement(graph, "attributes", {{"class", "edge"}});
  for (const EdgeValue& value : ValuesOf(Tie{})) {
    if (std::string_view(value.name) == "weight") continue;  // an attribute of the edge itself
    AddElement(of_edges, "attribute",
               {{"id", value.name}, {"title", value.name}, {"type", value.type}});
  }
}

void FillGexf(const std::vector<Tie>& ties, pugi::xml_node root) {
  const Nodes nodes = NodesOf(ties);
  auto graph = AddElement(root, "graph", {{"defaultedgetype", "directed"}, {"mode", "static"}});
  DeclareGexf(graph);
  auto list = graph.append_child("nodes");
  for (const auto& [name, node] : nodes) {
    auto element = AddElement(list, "node", {{"id", IdOf(nodes, name)}, {"label", name}});
    AddElement(element.append_child("attvalues"), "attvalue",
               {{"for", "events"}, {"value", fmt::format("{}", node.events)}});
  }
  auto edges = graph.append_child("edges");
  for (std::size_t i = 0; i < ties.size(); ++i) {
    const Tie& tie = ties[i];
    auto edge = AddElement(edges, "edge",
                           {{"id", fmt::format("{}", i)},
                            {"source", IdOf(nodes, tie.source)},
                            {"target", IdOf(nodes, tie.target)},
                            {"weight", fmt::format("{}", tie.tally.events)}});
    auto values = edge.append_child("attvalues");
    for (const EdgeValue& value : ValuesOf(tie)) {
      if (std::string_view(value.name) == "weight" || value.text.empty()) continue;
      AddElement(values, "attvalue", {{"for", value.name}, {"value", value.text}});
    }
  }
}

// ---- GraphML

void FillGraphMl(const std::vector<Tie>& ties, pugi::xml_node root) {
  const Nodes nodes = NodesOf(ties);
  AddElement(root, "key",
             {{"id", "label"}, {"for", "node"}, {"attr.name", "label"}, {"attr.type", "string"}});
  AddElement(root, "key",
             {{"id", "events"}, {"for", "node"}, {"attr.name", "events"}, {"attr.type", "long"}});
  for (const EdgeValue& value : ValuesOf(Tie{})) {
    AddElement(root, "key",
               {{"id", value.name},
                {"for", "edge"},
                {"attr.name", value.name},
                {"attr.type", value.type}});
  }
  auto graph = AddElement(root, "graph", {{"id", "network"}, {"edgedefault", "directed"}});
  const auto data = [](pugi::xml_node to, const char* key, const std::string& text) {
    AddElement(to, "data", {{"key", key}}).text().set(ForXml(text).c_str());
  };
  for (const auto& [name, node] : nodes) {
    auto element = AddElement(graph, "node", {{"id", IdOf(nodes, name)}});
    data(element, "label", name);
    data(element, "events", fmt::format("{}", node.events));
  }
  for (const Tie& tie : ties) {
    auto edge = AddElement(
        graph, "edge", {{"source", IdOf(nodes, tie.source)}, {"target", IdOf(nodes, tie.target)}});
    for (const EdgeValue& value : ValuesOf(tie)) {
      if (!value.text.empty()) data(edge, value.name, value.text);
    }
  }
}

}  // namespace

std::string WriteNetwork(const std::vector<Tie>& ties, ExportForm form) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("UTF-8");
  if (form == ExportForm::kGexf) {
    FillGexf(ties, AddElement(document, "gexf",
                              {{"xmlns", "http://www.gexf.net/1.2draft"}, {"version", "1.2"}}));
  } else {
    FillGraphMl(ties, AddElement(document, "graphml",
                                 {{"xmlns", "http://graphml.graphdrawing.org/xmlns"}}));
  }
  std::ostringstream out;
  document.save(out, " ", pugi::format_indent, pugi::encoding_utf8);
  return out.str();
}

}  // namespace dateline
