#include <array>
#include <utility>

#include "bind.h"

namespace dateline::python {
namespace {

constexpr std::array<std::pair<ErrorCode, const char*>, 7> kErrorClasses{{
    {ErrorCode::kInvalidArgument, "InvalidArgumentError"},
    {ErrorCode::kNotFound, "NotFoundError"},
    {ErrorCode::kUnreadable, "UnreadableError"},
    {ErrorCode::kMalformed, "MalformedError"},
    {ErrorCode::kTooLarge, "TooLargeError"},
    {ErrorCode::kUnsupported, "UnsupportedError"},
    {ErrorCode::kNoStory, "NoStoryError"},
}};

const char* ErrorClassOf(ErrorCode code) {
  for (const auto& [known, name] : kErrorClasses) {
    if (known == code) return name;
  }
  return "DatelineError";
}

}  // namespace

nb::object MakeError(const Error& error) {
  const auto errors = nb::module_::import_("dateline._errors");
  return errors.attr(ErrorClassOf(error.code))(error.message.c_str(), error.where.c_str());
}

void Raise(const Error& error) {
  const nb::object exception = MakeError(error);
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.ptr())), exception.ptr());
  throw nb::python_error();
}

}  // namespace dateline::python

NB_MODULE(_native, module) {
  // Facts that a user still holds when Python ends are no leaks.
  nanobind::set_leak_warnings(false);
  module.doc() = "The engine of dateline; use it through the package dateline.";
  module.attr("version") = DATELINE_VERSION;
  dateline::python::BindStory(module);
  dateline::python::BindEngine(module);
  dateline::python::BindArchive(module);
}
