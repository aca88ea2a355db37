// What the files of this module hand to each other.
#pragma once

#include <nanobind/nanobind.h>

#include "dateline/result.h"

namespace dateline::python {

namespace nb = nanobind;

/// Raises dateline.DatelineError (or the kind of it that fits) with code, message and place.
[[noreturn]] void Raise(const Error& error);
/// The exception itself, to be handed on.
nb::object MakeError(const Error& error);

template <typename T>
T ValueOrRaise(Result<T> result) {
  if (!result) Raise(result.error());
  return *std::move(result);
}

void BindStory(nb::module_& module);
void BindEngine(nb::module_& module);
void BindArchive(nb::module_& module);

}  // namespace dateline::python
