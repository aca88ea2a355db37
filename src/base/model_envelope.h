/// What every model file has around its numbers: magic, version, size and checksum, looked at
/// before anything inside is believed; then the features it was made for, and its own tests.
///
///   constexpr base::ModelKind kKind{.magic = "DLEVENTS", .version = 1};
///   DATELINE_TRY(const base::Envelope file, base::OpenEnvelope(bytes, kKind));
///   Read(file.body);
///
/// 32 bytes, little-endian: magic (8), version (4), a number of the format's own (4), size of the
/// whole file (8), XXH3-64 of all that follows (8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/mapped_file.h"
#include "dateline/result.h"

namespace dateline::base {

inline constexpr std::size_t kEnvelopeSize = 32;

struct ModelKind {
  std::string_view magic;  ///< eight letters
  std::uint32_t version = 0;
};

/// An opened file; `body` is a view of the bytes given.
struct Envelope {
  std::uint32_t extra = 0;  ///< the format's own number: 0, or the bytes of a header
  std::uint64_t checksum = 0;
  std::string_view body;
};

/// Checks, in this order, length, magic, version, size and checksum. kUnsupported for another
/// version, else kMalformed; the message says what is wrong and what to do.
Result<Envelope> OpenEnvelope(std::string_view bytes, const ModelKind& kind);

/// The bytes of a file with this body, whose own number is 0.
std::string Enclose(const ModelKind& kind, std::string_view body);

/// Puts size and checksum right in bytes that were changed; does nothing to fewer than
/// kEnvelopeSize. For tests, which want damage behind the checksum to be reached.
void Seal(std::string& bytes);

/// kMalformed: `message`, and the advice to get the file again.
std::unexpected<Error> DamagedModel(std::string message);

/// Of a model that was trained with features other than this program's: kUnsupported.
std::unexpected<Error> OtherFeatures();

/// A model whose file gave `fingerprint` for its features and whose tests come out as its maker
/// said, or the error. `Model` has `fingerprint`, `tests` with seeds, and MakeTest(seed).
template <typename Model>
Result<Model> Proven(Model model, std::uint64_t fingerprint) {
  if (model.fingerprint != fingerprint) return OtherFeatures();
  for (const auto& test : model.tests) {
    if (model.MakeTest(test.seed) != test)
      return DamagedModel("fails its own test " + std::to_string(test.seed));
  }
  return model;
}

/// Model::FromBytes of a file that is read and closed again; errors name the path.
template <typename Model>
Result<Model> LoadModel(const std::filesystem::path& path) {
  DATELINE_TRY(const MappedFile file, MappedFile::Open(path));
  auto model = Model::FromBytes(file.view());
  if (!model) return Fail(model.error().code, model.error().message, path.string());
  return model;
}

}  // namespace dateline::base
