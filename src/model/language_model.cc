#include "model/language_model.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "base/mapped_file.h"
#include "model/model_file.h"

namespace dateline::model {

/// A piece of memory that begins where tensors may.
struct alignas(kTensorAlignment) Line {
  std::array<char, kTensorAlignment> bytes;
};

struct LanguageModel::Impl {
  base::MappedFile mapping{};
  std::vector<Line> copy{};
  ModelFile file{};
  Network network{};
  const Kernels* kernels = nullptr;
};

namespace {

/// The words of a self-test as the network takes them. Paragraphs are parted by blank lines.
struct TestWords {
  std::vector<std::string_view> forms{};
  std::vector<Spacing> spacing{};
  std::vector<std::uint32_t> paragraphs{};
  [[nodiscard]] WordsView view() const { return {forms, spacing, paragraphs, {}}; }
};

Result<TestWords> ReadWords(const SelfTest& test) {
  TestWords words;
  std::uint32_t paragraph = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i + 1 < test.words.size(); i += 2) {
    const std::size_t begin = test.words[i];
    if (begin < end || test.words[i + 1] <= begin || test.words[i + 1] > test.text.size()) {
      return Fail(ErrorCode::kMalformed, "header: a self-test has words outside its text");
    }
    const std::string_view gap = std::string_view(test.text).substr(end, begin - end);
    const bool first = i == 0 || gap.find("\n\n") != gap.npos;
    if (first && i != 0) ++paragraph;
    words.spacing.push_back(first          ? Spacing::kUnknown
                            : begin == end ? Spacing::kGlued
                                           : Spacing::kSpaced);
    words.paragraphs.push_back(paragraph);
    end = test.words[i + 1];
    words.forms.push_back(std::string_view(test.text).substr(begin, end - begin));
  }
  return words;
}

template <typename T>
bool Same(const std::vector<T>& found, const std::vector<std::uint32_t>& expected) {
  return std::equal(found.begin(), found.end(), expected.begin(), expected.end());
}

std::vector<std::uint32_t> LengthsOf(const std::vector<std::uint32_t>& sentences) {
  std::vector<std::uint32_t> lengths;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i == 0 || sentences[i] != sentences[i - 1]) lengths.push_back(0);
    ++lengths.back();
  }
  return lengths;
}

/// The name of the first list that came out otherwise; empty when all is as it should be.
std::string_view Difference(const Analysis& found, const SelfTest& test) {
  if (LengthsOf(found.sentences) != test.sentence_lengths) return "sentence_lengths";
  if (!Same(found.upos, test.upos)) return "upos";
  if (!Same(found.feats, test.feats)) return "feats";
  if (!Same(found.lemma, test.lemma)) return "lemma";
  if (!Same(found.heads, test.heads)) return "heads";
  if (!Same(found.deprel, test.deprel)) return "deprel";
  if (!Same(found.names, test.names)) return "names";
  return {};
}

Result<void> RunSelfTests(const LanguageModel& model, const std::vector<SelfTest>& tests) {
  if (tests.empty()) return Fail(ErrorCode::kMalformed, "has no self-tests");
  NetworkScratch scratch = model.MakeScratch();
  Analysis found;
  for (std::size_t k = 0; k < tests.size(); ++k) {
    DATELINE_TRY(const TestWords words, ReadWords(tests[k]));
    model.Run(words.view(), scratch, found);
    const std::string_view difference = Difference(found, tests[k]);
    if (!difference.empty()) {
      return Fail(ErrorCode::kMalformed,
                  fmt::format("self-test {} gives other {} than its maker's; get the model file "
                              "again, or report this processor",
                              k + 1, difference));
    }
  }
  return {};
}

}  // namespace

LanguageModel::LanguageModel(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Result<LanguageModel> LanguageModel::FromImpl(std::shared_ptr<Impl> impl, std::string_view bytes,
                                              const Kernels& kernels) {
  impl->kernels = &kernels;
  DATELINE_TRY(impl->file, ModelFile::Open(bytes));
  DATELINE_TRY(impl->network, Network::Read(impl->file));
  LanguageModel model{std::move(impl)};
  auto tested = RunSelfTests(model, model.impl_->file.self_tests);
  if (!tested) return std::unexpected(std::move(tested).error());
  return model;
}

Result<LanguageModel> LanguageModel::Load(const std::filesystem::path& path,
                                          const Kernels& kernels) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->mapping, base::MappedFile::Open(path));
  const std::string_view bytes = impl->mapping.view();
  auto model = FromImpl(std::move(impl), bytes, kernels);
  if (!model) model.error().where = path.string();
  return model;
}

Result<LanguageModel> LanguageModel::FromBytes(std::string_view bytes, const Kernels& kernels) {
  auto impl = std::make_shared<Impl>();
  impl->copy.resize(bytes.size() / sizeof(Line) + 1);
  char* const begin = impl->copy.front().bytes.data();
  if (!bytes.empty()) std::memcpy(begin, bytes.data(), bytes.size());
  const std::string_view copy(begin, bytes.size());
  return FromImpl(std::move(impl), copy, kernels);
}

NetworkScratch LanguageModel::MakeScratch() const { return {impl_->network, *impl_->kernels}; }

void LanguageModel::Run(const WordsView& words, NetworkScratch& scratch, Analysis& out,
                        Heads heads) const {
  impl_->network.Run(words, scratch, out, heads);
}

std::span<const std::int8_t> LanguageModel::VectorOf(std::string_view form) const {
  return impl_->network.forms().VectorOf(form);
}

const std::vector<std::string>& LanguageModel::upos() const { return impl_->file.upos; }
const std::vector<std::string>& LanguageModel::feats() const { return impl_->file.feats; }
const std::vector<std::string>& LanguageModel::lemma() const { return impl_->file.lemma; }
const std::vector<std::string>& LanguageModel::deprel() const { return impl_->file.deprel; }
const std::vector<std::string>& LanguageModel::names() const { return impl_->file.names; }
std::string_view LanguageModel::KernelName() const { return impl_->kernels->name; }

std::string LanguageModel::Fingerprint() const {
  const ModelFile& file = impl_->file;
  return fmt::format("{} {} {:016x}", file.name, file.date, file.checksum);
}

}  // namespace dateline::model
