/// What a member of a group and a sender have in common of librdkafka. Inside of this folder.
#pragma once

#include <librdkafka/rdkafka.h>

#include <functional>
#include <memory>
#include <string>

#include "dateline/result.h"
#include "kafka/settings.h"

namespace dateline::kafka {

/// Told of what goes wrong and may pass by itself; called by threads of librdkafka too.
using SayTrouble = std::function<void(const std::string&)>;

struct DestroyHandle {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};
struct DestroyError {
  void operator()(rd_kafka_error_t* error) const { rd_kafka_error_destroy(error); }
};
struct DestroyList {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
struct DestroyConf {
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
};
using Handle = std::unique_ptr<rd_kafka_t, DestroyHandle>;
using ErrorHandle = std::unique_ptr<rd_kafka_error_t, DestroyError>;
using List = std::unique_ptr<rd_kafka_topic_partition_list_t, DestroyList>;
using Conf = std::unique_ptr<rd_kafka_conf_t, DestroyConf>;

/// `ours`, then `theirs`, then `fixed`; later ones win. kInvalidArgument names a setting that
/// librdkafka does not take.
Result<Conf> MakeConf(const Settings& ours, const Settings& theirs, const Settings& fixed);

/// Passes on what librdkafka logs as an error; `level` is of syslog.
void PassLog(const SayTrouble& say, int level, const char* text);

/// "message (NAME_OF_CODE)".
std::string TextOf(rd_kafka_resp_err_t code);
std::string TextOf(const ErrorHandle& error);

}  // namespace dateline::kafka
