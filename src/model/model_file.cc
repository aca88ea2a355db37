#include "model/model_file.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <limits>
#include <utility>

#include "base/model_envelope.h"

namespace dateline::model {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kGreatestSize = 1024;  // of anything in `sizes` and of a lower bound on none
constexpr std::size_t kMostLabels = 65535;

std::unexpected<Error> Malformed(std::string message) {
  return base::DamagedModel(std::move(message));
}

Result<std::string> ReadString(const dom::object& object, std::string_view key) {
  std::string_view value;
  if (object[key].get(value) != simdjson::SUCCESS) {
    return Malformed(fmt::format("header: '{}' is no string", key));
  }
  return std::string(value);
}

Result<std::size_t> ReadNumber(const dom::object& object, std::string_view key,
                               std::size_t greatest) {
  std::uint64_t value = 0;
  if (object[key].get(value) != simdjson::SUCCESS || value > greatest) {
    return Malformed(fmt::format("header: '{}' is no number up to {}", key, greatest));
  }
  return static_cast<std::size_t>(value);
}

template <typename T>
Result<std::vector<T>> ReadNumbers(const dom::object& object, std::string_view key,
                                   std::uint64_t greatest) {
  dom::array list;
  std::vector<T> out;
  bool sound = object[key].get(list) == simdjson::SUCCESS;
  for (std::size_t i = 0; sound && i < list.size(); ++i) {
    std::uint64_t value = 0;
    sound = list.at(i).get(value) == simdjson::SUCCESS && value <= greatest;
    out.push_back(static_cast<T>(value));
  }
  if (!sound) return Malformed(fmt::format("header: '{}' is no list of numbers", key));
  return out;
}

Result<std::vector<std::string>> ReadLabels(const dom::object& object, std::string_view key) {
  dom::array list;
  std::vector<std::string> out;
  bool sound = object[key].get(list) == simdjson::SUCCESS;
  if (sound) {
    for (const dom::element element : list) {
      std::string_view value;
      sound = sound && element.get(value) == simdjson::SUCCESS;
      out.emplace_back(value);
    }
  }
  if (!sound || out.empty() || out.size() > kMostLabels) {
    return Malformed(fmt::format("header: '{}' is no list of labels", key));
  }
  return out;
}

/// Pairs of numbers, one after the other.
Result<std::vector<std::uint32_t>> ReadPairs(const dom::object& object, std::string_view key) {
  dom::array list;
  std::vector<std::uint32_t> out;
  bool sound = object[key].get(list) == simdjson::SUCCESS;
  if (sound) {
    for (const dom::element element : list) {
      for (const std::size_t i : {0U, 1U}) {
        std::uint64_t value = 0;
        sound = sound && element.at(i).get(value) == simdjson::SUCCESS &&
                value <= std::numeric_limits<std::uint32_t>::max();
        out.push_back(static_cast<std::uint32_t>(value));
      }
    }
  }
  if (!sound) return Malformed(fmt::format("header: '{}' is no list of pairs", key));
  return out;
}

Result<Sizes> ReadSizes(const dom::object& header) {
  dom::object object;
  if (header["sizes"].get(object) != simdjson::SUCCESS) return Malformed("header: no 'sizes'");
  Sizes sizes;
  DATELINE_TRY(sizes.width, ReadNumber(object, "width", kGreatestSize));
  DATELINE_TRY(sizes.arc, ReadNumber(object, "arc", kGreatestSize));
  DATELINE_TRY(sizes.label, ReadNumber(object, "label", kGreatestSize));
  DATELINE_TRY(sizes.name, ReadNumber(object, "name", kGreatestSize));
  DATELINE_TRY(sizes.buckets, ReadNumber(object, "buckets", kGreatestSize));
  DATELINE_TRY(sizes.paragraph_blocks, ReadNumber(object, "paragraph_blocks", kGreatestSize));
  DATELINE_TRY(sizes.longest_sentence, ReadNumber(object, "longest_sentence", kGreatestSize));
  DATELINE_TRY(sizes.dilations, ReadNumbers<std::size_t>(object, "dilations", kGreatestSize));
  for (const std::size_t width : {sizes.width, sizes.arc, sizes.label, sizes.name}) {
    if (width == 0 || width % 16 != 0) {
      return Malformed(fmt::format("header: a width of {} is no multiple of 16", width));
    }
  }
  if (sizes.dilations.empty() || sizes.dilations.size() > 16 ||
      sizes.paragraph_blocks > sizes.dilations.size() || sizes.longest_sentence == 0) {
    return Malformed("header: sizes that do not fit each other");
  }
  return sizes;
}

Result<SelfTest> ReadSelfTest(const dom::object& object) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  SelfTest test;
  DATELINE_TRY(test.text, ReadString(object, "text"));
  DATELINE_TRY(test.words, ReadPairs(object, "words"));
  const std::array<std::pair<std::string_view, std::vector<std::uint32_t>*>, 7> lists{
      {{"sentence_lengths", &test.sentence_lengths},
       {"upos", &test.upos},
       {"feats", &test.feats},
       {"lemma", &test.lemma},
       {"heads", &test.heads},
       {"deprel", &test.deprel},
       {"names", &test.names}}};
  for (const auto& [key, list] : lists) {
    DATELINE_TRY(*list, ReadNumbers<std::uint32_t>(object, key, kMost));
  }
  return test;
}

std::optional<TensorType> ParseType(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames{"i8", "u8", "u16", "u32", "u64", "f32"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<TensorType>(i);
  }
  return std::nullopt;
}

std::size_t SizeOf(TensorType type) {
  constexpr std::array<std::size_t, 6> kSizes{1, 1, 2, 4, 8, 4};
  return kSizes[static_cast<std::size_t>(type)];
}

/// `data` are the bytes behind the header.
Result<Tensor> ReadTensor(const dom::object& object, std::string_view data) {
  Tensor tensor;
  DATELINE_TRY(const std::string name, ReadString(object, "name"));
  DATELINE_TRY(const std::string type_name, ReadString(object, "type"));
  DATELINE_TRY(tensor.shape, ReadNumbers<std::size_t>(object, "shape", data.size()));
  DATELINE_TRY(const std::size_t offset, ReadNumber(object, "offset", data.size()));
  DATELINE_TRY(const std::size_t bytes, ReadNumber(object, "bytes", data.size() - offset));
  const auto type = ParseType(type_name);
  if (!type) return Malformed(fmt::format("tensor {}: type '{}' is unknown", name, type_name));
  tensor.type = *type;
  std::size_t size = SizeOf(*type);
  for (const std::size_t n : tensor.shape) {
    if (n != 0 && size > data.size() / n)
      return Malformed(fmt::format("tensor {}: too large", name));
    size *= n;
  }
  if (tensor.shape.empty() || tensor.shape.size() > 2 || size != bytes ||
      offset % kTensorAlignment != 0) {
    return Malformed(fmt::format("tensor {}: shape and bytes do not fit", name));
  }
  tensor.bytes = data.substr(offset, bytes);
  return tensor;
}

}  // namespace

Result<ModelFile> ModelFile::Open(std::string_view bytes) {
  DATELINE_TRY(const base::Envelope sealed, base::OpenEnvelope(bytes, kModelKind));
  const std::size_t header_bytes = sealed.extra;
  if (header_bytes > sealed.body.size() ||
      (base::kEnvelopeSize + header_bytes) % kTensorAlignment != 0)
    return Malformed(fmt::format("has a header of {} bytes", header_bytes));
  const std::string_view json = sealed.body.substr(0, header_bytes);
  const std::string_view data = sealed.body.substr(header_bytes);
  dom::parser parser;
  dom::object header;
  if (parser.parse(json.data(), json.size()).get(header) != simdjson::SUCCESS) {
    return Malformed("header is no JSON object");
  }
  ModelFile file;
  file.checksum = sealed.checksum;
  DATELINE_TRY(file.name, ReadString(header, "name"));
  DATELINE_TRY(file.date, ReadString(header, "date"));
  DATELINE_TRY(file.fingerprint, ReadString(header, "fingerprint"));
  DATELINE_TRY(file.sizes, ReadSizes(header));
  DATELINE_TRY(file.upos, ReadLabels(header, "upos"));
  DATELINE_TRY(file.feats, ReadLabels(header, "feats"));
  DATELINE_TRY(file.lemma, ReadLabels(header, "lemma"));
  DATELINE_TRY(file.deprel, ReadLabels(header, "deprel"));
  DATELINE_TRY(file.names, ReadLabels(header, "names"));
  dom::array list;
  if (header["self_test"].get(list) != simdjson::SUCCESS)
    return Malformed("header: no 'self_test'");
  for (const dom::element element : list) {
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS)
      return Malformed("header: a self-test is no object");
    DATELINE_TRY(SelfTest test, ReadSelfTest(object));
    file.self_tests.push_back(std::move(test));
  }
  if (header["tensors"].get(list) != simdjson::SUCCESS) return Malformed("header: no 'tensors'");
  for (const dom::element element : list) {
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return Malformed("header: a tensor is no object");
    DATELINE_TRY(Tensor tensor, ReadTensor(object, data));
    DATELINE_TRY(std::string name, ReadString(object, "name"));
    file.tensors_.emplace(std::move(name), std::move(tensor));
  }
  return file;
}

std::optional<std::size_t> ModelFile::Rows(const std::string& tensor) const {
  const auto found = tensors_.find(tensor);
  if (found == tensors_.end()) return std::nullopt;
  return found->second.shape.front();
}

Result<std::string_view> ModelFile::Bytes(const std::string& tensor, TensorType type,
                                          std::size_t rows, std::size_t columns) const {
  const auto found = tensors_.find(tensor);
  if (found == tensors_.end()) return Malformed(fmt::format("tensor {} is missing", tensor));
  const Tensor& t = found->second;
  const bool vector = rows == 1 && t.shape.size() == 1 && t.shape.front() == columns;
  const bool matrix = t.shape.size() == 2 && t.shape.front() == rows && t.shape.back() == columns;
  if (t.type != type || !(vector || matrix)) {
    return Malformed(
        fmt::format("tensor {} has not the type or the shape {} x {} that its sizes "
                    "ask for",
                    tensor, rows, columns));
  }
  return t.bytes;
}

}  // namespace dateline::model
