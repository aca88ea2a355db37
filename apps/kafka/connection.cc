#include "kafka/connection.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace dateline::kafka {
namespace {

/// Of syslog: errors, not the warnings that a broker that comes and goes gives by the dozen.
constexpr int kWorstThatPass = 3;

}  // namespace

Result<Conf> MakeConf(const Settings& ours, const Settings& theirs, const Settings& fixed) {
  Conf conf(rd_kafka_conf_new());
  std::array<char, 512> problem{};
  for (const Settings* settings : {&ours, &theirs, &fixed}) {
    for (const auto& [name, value] : *settings) {
      if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), problem.data(),
                            problem.size()) != RD_KAFKA_CONF_OK)
        return Fail(ErrorCode::kInvalidArgument, fmt::format("{}: {}", name, problem.data()));
    }
  }
  return conf;
}

void PassLog(const SayTrouble& say, int level, const char* text) {
  if (level <= kWorstThatPass) say(text);
}

std::string TextOf(rd_kafka_resp_err_t code) {
  return fmt::format("{} ({})", rd_kafka_err2str(code), rd_kafka_err2name(code));
}

std::string TextOf(const ErrorHandle& error) {
  return fmt::format("{} ({})", rd_kafka_error_string(error.get()),
                     rd_kafka_error_name(error.get()));
}

}  // namespace dateline::kafka
