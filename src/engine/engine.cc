#include "dateline/engine.h"

#include <fmt/format.h>

#include <utility>

#include "engine/pipeline.h"
#include "engine/resources.h"

namespace dateline {

struct Scratch::State {
  engine::Memory memory;
};

Scratch::Scratch() : state_(std::make_unique<State>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

struct Engine::Impl {
  engine::Resources resources;
};

Engine::Engine(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::Open(const EngineOptions& options) {
  DATELINE_TRY(auto resources, engine::Resources::Load(options));
  return Engine(std::make_unique<const Impl>(Impl{std::move(resources)}));
}

Result<std::vector<Story>> Engine::Read(std::string_view bytes, const ReadOptions& options,
                                        Scratch& scratch) const {
  ReadResult result = ReadAll(bytes, options, scratch);
  if (!result.problems.empty()) return std::unexpected(std::move(result.problems.front()));
  return std::move(result.stories);
}

ReadResult Engine::ReadAll(std::string_view bytes, const ReadOptions& options,
                           Scratch& scratch) const {
  const ReadInput input{.bytes = bytes, .options = options};
  return std::move(ReadAll(std::span(&input, 1), scratch).front());
}

std::vector<ReadResult> Engine::ReadAll(std::span<const ReadInput> inputs, Scratch& scratch) const {
  auto results = engine::Run(inputs, impl_->resources, scratch.state().memory);
  // A stage knows the place in the bytes; only here is the name of the input known.
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (Error& problem : results[i].problems) problem.where.insert(0, inputs[i].options.path);
  }
  return results;
}

std::string Engine::Version() const {
  return fmt::format("dateline {}, tables {}, model {}", DATELINE_VERSION,
                     impl_->resources.tables.Fingerprint(), impl_->resources.parser.Fingerprint());
}

}  // namespace dateline
