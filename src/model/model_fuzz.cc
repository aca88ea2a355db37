// Bytes as a model file, in two ways: as they are with magic, size and checksum put right, and as
// edits of the shipped model's header (each four bytes: where, and what to write there), so that
// damage behind the first checks is reached. What loads has passed its self-tests, and must go on
// to analyse.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/model_envelope.h"
#include "model/language_model.h"

namespace {

using dateline::model::Analysis;
using dateline::model::LanguageModel;
using dateline::model::Spacing;

void MakeModel(std::string& bytes) {
  if (bytes.size() < dateline::base::kEnvelopeSize) return;
  const std::uint32_t version = 1;
  std::memcpy(bytes.data(), "DLMODEL1", 8);
  std::memcpy(bytes.data() + 8, &version, sizeof version);
  dateline::base::Seal(bytes);
}

void LoadAndRun(std::string_view bytes) {
  const auto model = LanguageModel::FromBytes(bytes);
  if (!model) return;
  const std::array<std::string_view, 3> forms = {"Oslo", "waits", "."};
  const std::array<Spacing, 3> spacing = {Spacing::kUnknown, Spacing::kSpaced, Spacing::kGlued};
  const std::array<std::uint32_t, 3> paragraphs = {0, 0, 0};
  auto scratch = model->MakeScratch();
  Analysis out;
  model->Run({forms, spacing, paragraphs, {}}, scratch, out);
  if (out.size() != 3) __builtin_trap();
}

const std::string& Shipped() {
  static const std::string kBytes = [] {
    std::ifstream in(DATELINE_BUILD_DIR "/share/dateline/english.dlm", std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return std::move(all).str();
  }();
  return kBytes;
}

void Edit(std::string& bytes, const std::uint8_t* data, std::size_t size) {
  std::uint32_t header = 0;
  std::memcpy(&header, bytes.data() + 12, sizeof header);
  for (std::size_t i = 0; i + 4 <= size; i += 4) {
    std::uint32_t edit = 0;
    std::memcpy(&edit, data + i, sizeof edit);
    bytes[32 + (edit >> 8U) % header] = static_cast<char>(edit & 0xffU);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  LoadAndRun(bytes);
  MakeModel(bytes);
  LoadAndRun(bytes);
  if (size > 4096 || Shipped().size() < 64) return 0;
  std::string edited = Shipped();
  Edit(edited, data, size);
  dateline::base::Seal(edited);
  LoadAndRun(edited);
  return 0;
}
