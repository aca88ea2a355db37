// For tests: a broker in memory (librdkafka's mock cluster), and messages in and out of topics.
//
//   kafka_tool mock TOPIC:PARTITIONS…         prints its address, runs until standard input ends
//   kafka_tool create BROKERS TOPIC PARTITIONS [NAME=VALUE]…
//   kafka_tool send BROKERS TOPIC             lines of standard input: KEY VALUE
//   kafka_tool fetch BROKERS TOPIC committed|all
//                                             lines: PARTITION OFFSET KEY VALUE [NAME=VALUE]…
//
// Keys and values, of headers too, are written in hexadecimal digits; "-" is none at all.
#include <fmt/format.h>
#include <librdkafka/rdkafka.h>
// rdkafka_mock.h wants to stand behind it.
#include <librdkafka/rdkafka_mock.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr int kPatience = 30'000;

struct DestroyHandle {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};
using Handle = std::unique_ptr<rd_kafka_t, DestroyHandle>;
using Settings = std::vector<std::pair<std::string, std::string>>;

void Check(bool sound, std::string_view what) {
  if (!sound) throw std::runtime_error(std::string(what));
}

Handle Open(rd_kafka_type_t type, const Settings& settings) {
  std::array<char, 512> problem{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [name, value] : settings) {
    const auto set =
        rd_kafka_conf_set(conf, name.c_str(), value.c_str(), problem.data(), problem.size());
    Check(set == RD_KAFKA_CONF_OK, problem.data());
  }
  Handle handle(rd_kafka_new(type, conf, problem.data(), problem.size()));
  Check(handle != nullptr, problem.data());
  return handle;
}

std::string Hex(const void* bytes, std::size_t size) {
  if (bytes == nullptr) return "-";
  std::string digits;
  for (const unsigned char byte : std::span(static_cast<const unsigned char*>(bytes), size))
    digits += fmt::format("{:02x}", byte);
  return digits.empty() ? "=" : digits;  // a field of a line is never empty
}

std::optional<std::string> Bytes(const std::string& hex) {
  if (hex == "-") return std::nullopt;
  std::string bytes;
  if (hex == "=") return bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(&hex[i], &hex[i] + 2, value, 16);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

int RunMock(std::span<const std::string> topics) {
  const Handle handle =
      Open(RD_KAFKA_PRODUCER, {{"bootstrap.servers", "127.0.0.1:1"}, {"log_level", "0"}});
  auto* cluster = rd_kafka_mock_cluster_new(handle.get(), 1);
  Check(cluster != nullptr, "no mock cluster");
  for (const std::string& topic : topics) {
    const std::size_t colon = topic.find(':');
    Check(colon != topic.npos, "TOPIC:PARTITIONS");
    rd_kafka_mock_topic_create(cluster, topic.substr(0, colon).c_str(),
                               std::stoi(topic.substr(colon + 1)), 1);
  }
  std::cout << rd_kafka_mock_cluster_bootstraps(cluster) << '\n' << std::flush;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  rd_kafka_mock_cluster_destroy(cluster);
  return 0;
}

int RunCreate(const std::string& brokers, std::span<const std::string> arguments) {
  const Handle handle = Open(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers}});
  std::array<char, 512> problem{};
  auto* topic = rd_kafka_NewTopic_new(arguments[0].c_str(), std::stoi(arguments[1]), 1,
                                      problem.data(), problem.size());
  Check(topic != nullptr, problem.data());
  for (const std::string& each : arguments.subspan(2)) {
    const std::size_t equals = each.find('=');
    rd_kafka_NewTopic_set_config(topic, each.substr(0, equals).c_str(),
                                 each.substr(equals + 1).c_str());
  }
  rd_kafka_queue_t* queue = rd_kafka_queue_new(handle.get());
  rd_kafka_CreateTopics(handle.get(), &topic, 1, nullptr, queue);
  rd_kafka_event_t* event = rd_kafka_queue_poll(queue, kPatience);
  Check(event != nullptr && rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR,
        event == nullptr ? "no answer" : rd_kafka_event_error_string(event));
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event);
  const auto** each = rd_kafka_CreateTopics_result_topics(result, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto failed = rd_kafka_topic_result_error(each[i]);
    Check(failed == RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_err2str(failed));
  }
  rd_kafka_event_destroy(event);
  rd_kafka_queue_destroy(queue);
  rd_kafka_NewTopic_destroy(topic);
  return 0;
}

void Send(rd_kafka_t* handle, const std::string& topic, const std::optional<std::string>& key,
          const std::optional<std::string>& value) {
  std::array<rd_kafka_vu_t, 4> parts{};
  parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  parts[0].u.cstr = topic.c_str();
  parts[1].vtype = RD_KAFKA_VTYPE_KEY;
  parts[2].vtype = RD_KAFKA_VTYPE_VALUE;
  if (key) parts[1].u.mem = {const_cast<char*>(key->data()), key->size()};        // NOLINT
  if (value) parts[2].u.mem = {const_cast<char*>(value->data()), value->size()};  // NOLINT
  parts[3].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[3].u.i = RD_KAFKA_MSG_F_COPY;
  for (;;) {
    rd_kafka_error_t* failed = rd_kafka_produceva(handle, parts.data(), parts.size());
    if (failed == nullptr) return;
    const auto code = rd_kafka_error_code(failed);
    rd_kafka_error_destroy(failed);
    Check(code == RD_KAFKA_RESP_ERR__QUEUE_FULL, rd_kafka_err2str(code));
    rd_kafka_poll(handle, 100);
  }
}

int RunSend(const std::string& brokers, const std::string& topic) {
  const Handle handle = Open(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers},
                                                 {"enable.idempotence", "true"},
                                                 {"message.max.bytes", "33554432"}});
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::size_t space = line.find(' ');
    Check(space != line.npos, "KEY VALUE");
    Send(handle.get(), topic, Bytes(line.substr(0, space)), Bytes(line.substr(space + 1)));
  }
  Check(rd_kafka_flush(handle.get(), kPatience) == RD_KAFKA_RESP_ERR_NO_ERROR, "not all was sent");
  return 0;
}

std::set<int> AssignAll(rd_kafka_t* handle, const std::string& topic) {
  rd_kafka_topic_t* wanted = rd_kafka_topic_new(handle, topic.c_str(), nullptr);
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto asked = rd_kafka_metadata(handle, 0, wanted, &metadata, kPatience);
  Check(asked == RD_KAFKA_RESP_ERR_NO_ERROR, rd_kafka_err2str(asked));
  rd_kafka_topic_destroy(wanted);
  std::set<int> partitions;
  auto* list = rd_kafka_topic_partition_list_new(1);
  for (int i = 0; metadata->topic_cnt == 1 && i < metadata->topics[0].partition_cnt; ++i) {
    const int partition = metadata->topics[0].partitions[i].id;
    partitions.insert(partition);
    rd_kafka_topic_partition_list_add(list, topic.c_str(), partition)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
  }
  rd_kafka_metadata_destroy(metadata);
  rd_kafka_assign(handle, list);
  rd_kafka_topic_partition_list_destroy(list);
  return partitions;
}

void Print(const rd_kafka_message_t& message) {
  std::string line =
      fmt::format("{} {} {} {}", message.partition, message.offset,
                  Hex(message.key, message.key_len), Hex(message.payload, message.len));
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i)
      line += fmt::format(" {}={}", name, Hex(value, size));
  }
  std::cout << line << '\n';
}

int RunFetch(const std::string& brokers, const std::string& topic, bool committed) {
  const Handle handle = Open(
      RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers},
                          {"group.id", "kafka_tool"},
                          {"enable.auto.commit", "false"},
                          {"enable.partition.eof", "true"},
                          {"isolation.level", committed ? "read_committed" : "read_uncommitted"}});
  std::set<int> open = AssignAll(handle.get(), topic);
  while (!open.empty()) {
    rd_kafka_message_t* message = rd_kafka_consumer_poll(handle.get(), kPatience);
    Check(message != nullptr, "no message and no end");
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      open.erase(message->partition);
    } else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      Print(*message);
    }
    rd_kafka_message_destroy(message);
  }
  rd_kafka_consumer_close(handle.get());
  return 0;
}

int Run(const std::vector<std::string>& given) {
  const std::span arguments(given);
  const std::size_t count = given.size();
  if (count >= 2 && given[0] == "mock") return RunMock(arguments.subspan(1));
  if (count >= 4 && given[0] == "create") return RunCreate(given[1], arguments.subspan(2));
  if (count == 3 && given[0] == "send") return RunSend(given[1], given[2]);
  if (count == 4 && given[0] == "fetch")
    return RunFetch(given[1], given[2], given[3] == "committed");
  std::cerr << "usage: see the head of kafka_tool.cc\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "kafka_tool: " << error.what() << '\n';
    return 1;
  }
}
