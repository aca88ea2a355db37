#include "model/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace dateline::model {
namespace {

constexpr float kImpossible = -std::numeric_limits<float>::infinity();

}  // namespace

Result<Network> Network::Read(const ModelFile& file) {
  Network net;
  net.sizes_ = file.sizes;
  const std::size_t width = file.sizes.width;
  if (file.sizes.buckets != kBuckets || file.sizes.longest_sentence > kLongestSentence) {
    return Fail(ErrorCode::kUnsupported, "has distances or sentences of another kind");
  }
  DATELINE_TRY(net.forms_, FormEncoder::Read(file));
  DATELINE_TRY(net.space_, ReadFloats(file, "space", 3, width));
  for (std::size_t k = 0; k < file.sizes.dilations.size(); ++k) {
    const std::string name = fmt::format("block{}", k);
    Block block{.dilation = file.sizes.dilations[k]};
    DATELINE_TRY(block.norm, Norm::Read(file, name, width));
    DATELINE_TRY(block.layer, Layer::Read(file, name, 2 * width, 3 * width));
    net.blocks_.push_back(std::move(block));
  }
  DATELINE_TRY(net.end_norm_, Norm::Read(file, "end", width));
  DATELINE_TRY(net.end_hidden_, Layer::Read(file, "end.hidden", kEndWidth, 5 * width));
  DATELINE_TRY(net.end_out_, Layer::Read(file, "end.out", 1, kEndWidth));
  DATELINE_TRY(net.final_norm_, Norm::Read(file, "final", width));
  if (auto read = net.ReadTagHeads(file); !read) return std::unexpected(read.error());
  if (auto read = net.ReadTreeHeads(file); !read) return std::unexpected(read.error());
  if (auto read = net.ReadNameHeads(file); !read) return std::unexpected(read.error());
  return net;
}

Result<void> Network::ReadTagHeads(const ModelFile& file) {
  const std::size_t width = file.sizes.width;
  const std::size_t tags = file.upos.size();
  const std::size_t feats = file.feats.size();
  DATELINE_TRY(upos_, Layer::Read(file, "upos", tags, width, kImpossible));
  DATELINE_TRY(feats_, Layer::Read(file, "feats", feats, width, kImpossible));
  DATELINE_TRY(lemma_, Layer::Read(file, "lemma", file.lemma.size(), width, kImpossible));
  DATELINE_TRY(const auto allowed, file.Get<std::uint8_t>("feats.allowed", tags, feats));
  for (std::size_t tag = 0; tag < tags; ++tag) {
    std::vector<float> mask(feats_.outputs(), kImpossible);
    for (std::size_t f = 0; f < feats; ++f)
      mask[f] = allowed[tag * feats + f] != 0 ? 0.0F : kImpossible;
    feats_mask_.push_back(std::move(mask));
  }
  return {};
}

Result<void> Network::ReadTreeHeads(const ModelFile& file) {
  const auto& sizes = file.sizes;
  DATELINE_TRY(arc_dependent_, Layer::Read(file, "arc.dep", sizes.arc, sizes.width));
  DATELINE_TRY(arc_governor_, Layer::Read(file, "arc.head", sizes.arc, sizes.width));
  DATELINE_TRY(arc_project_, Layer::Read(file, "arc.u", sizes.arc, sizes.arc));
  DATELINE_TRY(arc_bias_, Layer::Read(file, "arc.bias", 1, sizes.arc));
  DATELINE_TRY(arc_distance_, Layer::Read(file, "arc.distance", kBuckets, sizes.arc));
  DATELINE_TRY(const auto root, file.Get<std::int8_t>("arc.root", 1, sizes.arc));
  arc_root_.assign(root.begin(), root.end());
  DATELINE_TRY(const auto scale, ReadFloats(file, "arc.scale", 1, 1));
  arc_scale_ = scale.front();
  DATELINE_TRY(label_dependent_, Layer::Read(file, "label.dep", sizes.label, sizes.width));
  DATELINE_TRY(label_governor_, Layer::Read(file, "label.head", sizes.label, sizes.width));
  DATELINE_TRY(label_out_,
               Layer::Read(file, "label.out", file.deprel.size(), sizes.label, kImpossible));
  DATELINE_TRY(label_root_, ReadFloats(file, "label.root", 1, sizes.label));
  DATELINE_TRY(label_distance_, ReadFloats(file, "label.distance", kBuckets, sizes.label));
  DATELINE_TRY(const auto inverse, ReadFloats(file, "label.inverse", 1, 1));
  label_inverse_ = inverse.front();
  const auto label = std::ranges::find(file.deprel, "root");
  if (label == file.deprel.end()) {
    return Fail(ErrorCode::kMalformed, "header: 'deprel' has no 'root'; get the model file again");
  }
  root_label_ = static_cast<std::uint16_t>(label - file.deprel.begin());
  label_mask_.assign(label_out_.outputs(), 0.0F);
  label_mask_[root_label_] = kImpossible;
  return {};
}

Result<void> Network::ReadNameHeads(const ModelFile& file) {
  const auto& sizes = file.sizes;
  DATELINE_TRY(name_hidden_, Layer::Read(file, "name.hidden", sizes.name, 3 * sizes.width));
  DATELINE_TRY(name_join_, Layer::Read(file, "name.join", kJoinWidth, 2 * sizes.name));
  DATELINE_TRY(name_out_, Layer::Read(file, "name.out", file.names.size(), kJoinWidth));
  name_tags_ = file.names.size();
  const auto inside = [](const std::string& tag) { return tag.starts_with('I'); };
  for (const std::string& before : file.names) {
    for (const std::string& tag : file.names) {
      const bool same = before.size() == tag.size() && before.substr(1) == tag.substr(1);
      name_may_follow_.push_back(!inside(tag) || same);
    }
    name_may_begin_.push_back(!inside(before));
  }
  return {};
}

NetworkScratch::NetworkScratch(const Network& network, const Kernels& kernels)
    : forms_(network.forms_, kernels), runner_(kernels) {}

}  // namespace dateline::model
