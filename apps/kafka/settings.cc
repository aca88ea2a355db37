#include "kafka/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.h"

namespace dateline::kafka {
namespace {

struct Owned {
  std::string_view name;
  std::string_view by;  ///< what to do instead
};

constexpr auto kOwned = std::to_array<Owned>({
    {"bootstrap.servers", "give --brokers"},
    {"metadata.broker.list", "give --brokers"},
    {"group.id", "give --group"},
    {"transactional.id", "give --id"},
    {"enable.idempotence", "give --delivery"},
    {"isolation.level", "only what was committed is read"},
    {"enable.auto.commit", "offsets are committed with the records"},
    {"enable.auto.offset.store", "offsets are committed with the records"},
    {"enable.partition.eof", "give --until-end"},
});

}  // namespace

Result<Settings> ParseSettings(std::string_view text, std::string_view path) {
  Settings settings;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = base::Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::string where = fmt::format("{}:{}", path, number);
    const std::size_t equals = line.find('=');
    const std::string_view name = base::Trim(line.substr(0, equals));
    if (equals == line.npos || name.empty())
      return Fail(ErrorCode::kInvalidArgument, "write name=value, a setting a line", where);
    if (const auto* owned = std::ranges::find(kOwned, name, &Owned::name); owned != kOwned.end())
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{} is not for the file: {}", name, owned->by), where);
    settings.emplace_back(name, base::Trim(line.substr(equals + 1)));
  }
  return settings;
}

}  // namespace dateline::kafka
