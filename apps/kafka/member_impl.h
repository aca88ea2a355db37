/// What of a member a sender needs. Inside of this folder.
#pragma once

#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "kafka/connection.h"
#include "kafka/member.h"

namespace dateline::kafka {

struct Member::Impl {
  MemberHooks hooks;
  SayTrouble say;
  std::string topic;
  std::set<std::int32_t> assigned;
  std::set<std::int32_t> ended;  ///< read to the end, of those assigned
  bool was_assigned = false;     ///< perhaps of nothing
  std::uint64_t rebalances = 0;
  std::string last_trouble;
  Handle handle;  // last: its callbacks use what is above

  void Rebalance(rd_kafka_resp_err_t change, rd_kafka_topic_partition_list_t* partitions);
  void Assign(rd_kafka_topic_partition_list_t* partitions);
  void Revoke(rd_kafka_topic_partition_list_t* partitions);
  Result<void> Rewind(const Offsets& next);
  [[nodiscard]] List ListOf(const Offsets& next) const;
  void Note(const rd_kafka_message_t& trouble);
};

}  // namespace dateline::kafka
