#include "kafka/member.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "kafka/member_impl.h"

namespace dateline::kafka {
namespace {

constexpr int kPatience = 30'000;  // milliseconds, for a broker to answer

/// What waits to be read is bounded by these, beside what the worker holds.
const Settings& MemberDefaults() {
  static const Settings defaults = {
      {"client.id", "dateline"},
      {"auto.offset.reset", "earliest"},
      {"queued.min.messages", "1000"},
      {"queued.max.messages.kbytes", "16384"},
      {"allow.auto.create.topics", "false"},
  };
  return defaults;
}

struct DestroyMessage {
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};
using MessageHandle = std::unique_ptr<rd_kafka_message_t, DestroyMessage>;

std::optional<std::string> BytesOf(const void* bytes, std::size_t size) {
  if (bytes == nullptr) return std::nullopt;
  return std::string(static_cast<const char*>(bytes), size);
}

std::vector<Header> HeadersOf(const rd_kafka_message_t& message) {
  std::vector<Header> headers;
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
    headers.emplace_back(name, BytesOf(value, size).value_or(""));
  }
  return headers;
}

Message Copy(const rd_kafka_message_t& message) {
  return {.partition = message.partition,
          .offset = message.offset,
          .key = BytesOf(message.key, message.key_len),
          .value = BytesOf(message.payload, message.len),
          .headers = HeadersOf(message)};
}

bool IsCooperative(rd_kafka_t* handle) {
  const char* protocol = rd_kafka_rebalance_protocol(handle);
  return protocol != nullptr && std::string_view(protocol) == "COOPERATIVE";
}

}  // namespace

void Member::Impl::Assign(rd_kafka_topic_partition_list_t* partitions) {
  if (IsCooperative(handle.get())) {
    const ErrorHandle failed(rd_kafka_incremental_assign(handle.get(), partitions));
    if (failed) say(TextOf(failed));
  } else {
    rd_kafka_assign(handle.get(), partitions);
  }
  for (int i = 0; i < partitions->cnt; ++i) {
    assigned.insert(partitions->elems[i].partition);
    ended.erase(partitions->elems[i].partition);
  }
  was_assigned = true;
}

void Member::Impl::Revoke(rd_kafka_topic_partition_list_t* partitions) {
  const bool lost = rd_kafka_assignment_lost(handle.get()) == 1;
  const Offsets undone = lost ? hooks.drop() : hooks.settle();
  for (int i = 0; i < partitions->cnt; ++i) {
    assigned.erase(partitions->elems[i].partition);
    ended.erase(partitions->elems[i].partition);
  }
  if (IsCooperative(handle.get())) {
    const ErrorHandle failed(rd_kafka_incremental_unassign(handle.get(), partitions));
    if (failed) say(TextOf(failed));
    if (const auto again = Rewind(undone); !again) say(again.error().Text());
  } else {
    rd_kafka_assign(handle.get(), nullptr);
    was_assigned = false;
  }
}

void Member::Impl::Rebalance(rd_kafka_resp_err_t change,
                             rd_kafka_topic_partition_list_t* partitions) {
  ++rebalances;
  if (change == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    Assign(partitions);
  } else {
    Revoke(partitions);
  }
}

Result<void> Member::Impl::Rewind(const Offsets& next) {
  Offsets ours = next;
  std::erase_if(ours, [this](const auto& each) { return !assigned.contains(each.first); });
  for (const auto& [partition, offset] : ours) ended.erase(partition);
  if (ours.empty()) return {};
  const ErrorHandle failed(rd_kafka_seek_partitions(handle.get(), ListOf(ours).get(), kPatience));
  if (!failed) return {};
  return Fail(ErrorCode::kUnreadable, TextOf(failed), topic);
}

List Member::Impl::ListOf(const Offsets& next) const {
  List list(rd_kafka_topic_partition_list_new(static_cast<int>(next.size())));
  for (const auto& [partition, offset] : next) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = offset;
  }
  return list;
}

/// Says what is not final, once as long as it stays the same.
void Member::Impl::Note(const rd_kafka_message_t& trouble) {
  std::string text = fmt::format("{}: {}", topic, rd_kafka_message_errstr(&trouble));
  if (text == last_trouble) return;
  say(text);
  last_trouble = std::move(text);
}

Member::Member(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Member::~Member() = default;

Result<std::unique_ptr<Member>> Member::Join(const MemberOptions& options, MemberHooks hooks) {
  DATELINE_TRY(Conf conf, MakeConf(MemberDefaults(), options.settings,
                                   {{"bootstrap.servers", options.brokers},
                                    {"group.id", options.group},
                                    {"enable.auto.commit", "false"},
                                    {"enable.auto.offset.store", "false"},
                                    {"enable.partition.eof", "true"},
                                    {"isolation.level", "read_committed"}}));
  auto impl = std::make_unique<Impl>();
  impl->say = hooks.say;
  impl->hooks = std::move(hooks);
  impl->topic = options.topic;
  Impl* const self = impl.get();
  rd_kafka_conf_set_opaque(conf.get(), self);
  rd_kafka_conf_set_log_cb(
      conf.get(), [](const rd_kafka_t* handle, int level, const char*, const char* text) {
        PassLog(static_cast<const Impl*>(rd_kafka_opaque(handle))->say, level, text);
      });
  rd_kafka_conf_set_rebalance_cb(
      conf.get(),
      [](rd_kafka_t*, rd_kafka_resp_err_t change, rd_kafka_topic_partition_list_t* partitions,
         void* member) { static_cast<Impl*>(member)->Rebalance(change, partitions); });
  std::array<char, 512> problem{};
  impl->handle.reset(rd_kafka_new(RD_KAFKA_CONSUMER, conf.get(), problem.data(), problem.size()));
  if (!impl->handle) return Fail(ErrorCode::kInvalidArgument, problem.data(), "Kafka");
  [[maybe_unused]] const auto* taken = conf.release();  // it is the handle's now
  rd_kafka_poll_set_consumer(self->handle.get());
  const List topics(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(topics.get(), options.topic.c_str(), RD_KAFKA_PARTITION_UA);
  if (const auto failed = rd_kafka_subscribe(self->handle.get(), topics.get());
      failed != RD_KAFKA_RESP_ERR_NO_ERROR)
    return Fail(ErrorCode::kInvalidArgument, TextOf(failed), "--in");
  return std::unique_ptr<Member>(new Member(std::move(impl)));
}

Result<std::optional<Message>> Member::Poll(std::chrono::milliseconds patience) {
  const MessageHandle message(
      rd_kafka_consumer_poll(impl_->handle.get(), static_cast<int>(patience.count())));
  if (!message) return std::nullopt;
  switch (message->err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      // What was fetched before the partition went is not this member's to read.
      if (!impl_->assigned.contains(message->partition)) return std::nullopt;
      impl_->ended.erase(message->partition);
      impl_->last_trouble.clear();
      return Copy(*message);
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      if (impl_->assigned.contains(message->partition)) impl_->ended.insert(message->partition);
      return std::nullopt;
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
      return Fail(ErrorCode::kUnreadable, rd_kafka_message_errstr(message.get()), impl_->topic);
    default:
      impl_->Note(*message);
      return std::nullopt;
  }
}

bool Member::AtEnd() const {
  return impl_->was_assigned && impl_->ended.size() == impl_->assigned.size();
}

Result<void> Member::Commit(const Offsets& next) {
  const auto failed = rd_kafka_commit(impl_->handle.get(), impl_->ListOf(next).get(), 0);
  if (failed == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return Fail(ErrorCode::kUnreadable, TextOf(failed), "offsets");
}

Result<void> Member::Rewind(const Offsets& next) { return impl_->Rewind(next); }

void Member::Leave() { rd_kafka_consumer_close(impl_->handle.get()); }

std::vector<Lag> Member::Lags(const Offsets& read) const {
  std::vector<Lag> lags;
  for (const std::int32_t partition : impl_->assigned) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    const auto known = rd_kafka_get_watermark_offsets(impl_->handle.get(), impl_->topic.c_str(),
                                                      partition, &low, &high);
    if (known != RD_KAFKA_RESP_ERR_NO_ERROR || high < 0) continue;
    // Of a partition of which nothing was read yet only its end tells how far it is.
    const auto at = read.find(partition);
    if (impl_->ended.contains(partition)) {
      lags.push_back({partition, 0});
    } else if (at != read.end()) {
      lags.push_back({partition, std::max<std::int64_t>(0, high - at->second)});
    }
  }
  return lags;
}

std::uint64_t Member::rebalances() const { return impl_->rebalances; }
std::size_t Member::partitions() const { return impl_->assigned.size(); }

}  // namespace dateline::kafka
