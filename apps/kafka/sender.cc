// A transaction is open only while a batch that is all there is written, so a worker that dies
// seldom leaves one behind, and readers of what is committed do not wait long for it to time out.
#include "kafka/sender.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "kafka/connection.h"
#include "kafka/member_impl.h"

namespace dateline::kafka {
namespace {

constexpr int kOpening = 60'000;  // milliseconds
constexpr int kOffsets = 15'000;
constexpr int kFlushing = 60'000;
constexpr int kQueueFull = 100;
constexpr int kTries = 10;  // of what may be tried again

const Settings& SenderDefaults() {
  static const Settings defaults = {
      {"client.id", "dateline"},         {"compression.codec", "lz4"},
      {"partitioner", "murmur2_random"},  // as other clients have it
      {"message.max.bytes", "16777216"}, {"transaction.timeout.ms", "15000"},
  };
  return defaults;
}

Settings Fixed(const SenderOptions& options) {
  Settings fixed = {{"bootstrap.servers", options.brokers}, {"enable.idempotence", "true"}};
  if (options.delivery == Delivery::kExactlyOnce)
    fixed.emplace_back("transactional.id", options.id);
  return fixed;
}

rd_kafka_headers_t* HeadersOf(const Outgoing& message) {
  rd_kafka_headers_t* headers = rd_kafka_headers_new(message.headers.size());
  for (const auto& [name, value] : message.headers) {
    rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return headers;
}

rd_kafka_vu_t Bytes(rd_kafka_vtype_t what, const std::optional<std::string>& bytes) {
  rd_kafka_vu_t part{};
  part.vtype = what;
  // librdkafka copies them; its interface knows no const.
  part.u.mem.ptr = bytes ? const_cast<char*>(bytes->data()) : nullptr;  // NOLINT
  part.u.mem.size = bytes ? bytes->size() : 0;
  return part;
}

}  // namespace

struct Sender::Impl {
  Delivery delivery = Delivery::kExactlyOnce;
  SayTrouble say;
  std::vector<std::size_t> too_large;
  std::string lost;  ///< why a message of this batch did not arrive; empty: none is lost
  Handle handle;     // last: its callbacks use what is above

  void NoteLoss(std::size_t place, rd_kafka_resp_err_t code) {
    if (code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) too_large.push_back(place);
    const bool purged =
        code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT;
    if (lost.empty() && !purged) lost = TextOf(code);
  }

  rd_kafka_resp_err_t Enqueue(const Outgoing& message, std::size_t place);
  /// False when a message could not even be queued; NoteLoss was told.
  bool EnqueueAll(std::span<const Outgoing> messages);
  ErrorHandle CommitTransaction(const Offsets& next, const Member::Impl& member);
  Delivered Abort(const ErrorHandle& failed);
};

rd_kafka_resp_err_t Sender::Impl::Enqueue(const Outgoing& message, std::size_t place) {
  rd_kafka_headers_t* headers = HeadersOf(message);
  std::array<rd_kafka_vu_t, 6> parts{};
  parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  parts[0].u.cstr = message.topic.c_str();
  parts[1] = Bytes(RD_KAFKA_VTYPE_KEY, message.key);
  parts[2] = Bytes(RD_KAFKA_VTYPE_VALUE, message.value);
  parts[3].vtype = RD_KAFKA_VTYPE_HEADERS;
  parts[3].u.headers = headers;
  parts[4].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[4].u.i = RD_KAFKA_MSG_F_COPY;
  parts[5].vtype = RD_KAFKA_VTYPE_OPAQUE;
  parts[5].u.ptr = reinterpret_cast<void*>(place);  // NOLINT: a number that comes back
  const ErrorHandle failed(rd_kafka_produceva(handle.get(), parts.data(), parts.size()));
  if (!failed) return RD_KAFKA_RESP_ERR_NO_ERROR;
  rd_kafka_headers_destroy(headers);
  return rd_kafka_error_code(failed.get());
}

bool Sender::Impl::EnqueueAll(std::span<const Outgoing> messages) {
  for (std::size_t place = 0; place < messages.size(); ++place) {
    auto code = Enqueue(messages[place], place);
    while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      rd_kafka_poll(handle.get(), kQueueFull);
      code = Enqueue(messages[place], place);
    }
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) NoteLoss(place, code);
  }
  return lost.empty();
}

ErrorHandle Sender::Impl::CommitTransaction(const Offsets& next, const Member::Impl& member) {
  const List offsets = member.ListOf(next);
  auto* group = rd_kafka_consumer_group_metadata(member.handle.get());
  ErrorHandle failed;
  for (int i = 0; i < kTries; ++i) {
    failed.reset(
        rd_kafka_send_offsets_to_transaction(handle.get(), offsets.get(), group, kOffsets));
    if (!failed || rd_kafka_error_is_retriable(failed.get()) == 0) break;
  }
  rd_kafka_consumer_group_metadata_destroy(group);
  if (failed) return failed;
  for (int i = 0; i < kTries; ++i) {
    failed.reset(rd_kafka_commit_transaction(handle.get(), -1));
    if (!failed || rd_kafka_error_is_retriable(failed.get()) == 0) break;
  }
  return failed;
}

Delivered Sender::Impl::Abort(const ErrorHandle& failed) {
  const std::string reason = failed ? TextOf(failed) : lost;
  if (failed && rd_kafka_error_is_fatal(failed.get()) == 1)
    return {.verdict = Delivered::Verdict::kOver, .reason = reason};
  ErrorHandle stuck;
  for (int i = 0; i < kTries; ++i) {
    stuck.reset(rd_kafka_abort_transaction(handle.get(), -1));
    if (!stuck) break;
    if (rd_kafka_error_is_retriable(stuck.get()) == 0) break;
  }
  if (stuck) return {.verdict = Delivered::Verdict::kOver, .reason = TextOf(stuck)};
  return {.verdict = Delivered::Verdict::kUndone,
          .reason = lost.empty() ? reason : lost,
          .too_large = too_large};
}

Sender::Sender(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Sender::~Sender() = default;

Result<std::unique_ptr<Sender>> Sender::Open(const SenderOptions& options,
                                             std::function<void(const std::string&)> say) {
  DATELINE_TRY(Conf conf, MakeConf(SenderDefaults(), options.settings, Fixed(options)));
  auto impl = std::make_unique<Impl>();
  impl->delivery = options.delivery;
  impl->say = std::move(say);
  rd_kafka_conf_set_opaque(conf.get(), impl.get());
  rd_kafka_conf_set_log_cb(
      conf.get(), [](const rd_kafka_t* handle, int level, const char*, const char* text) {
        PassLog(static_cast<const Impl*>(rd_kafka_opaque(handle))->say, level, text);
      });
  rd_kafka_conf_set_dr_msg_cb(
      conf.get(), [](rd_kafka_t*, const rd_kafka_message_t* message, void* sender) {
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
        const auto place = reinterpret_cast<std::size_t>(message->_private);  // NOLINT
        static_cast<Impl*>(sender)->NoteLoss(place, message->err);
      });
  std::array<char, 512> problem{};
  impl->handle.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), problem.data(), problem.size()));
  if (!impl->handle) return Fail(ErrorCode::kInvalidArgument, problem.data(), "Kafka");
  [[maybe_unused]] const auto* taken = conf.release();  // it is the handle's now
  if (options.delivery == Delivery::kExactlyOnce) {
    const ErrorHandle failed(rd_kafka_init_transactions(impl->handle.get(), kOpening));
    if (failed)
      return Fail(ErrorCode::kUnreadable,
                  fmt::format("no transaction can be made: {}; where the brokers know none, "
                              "use --delivery at-least-once",
                              TextOf(failed)),
                  options.brokers);
  }
  return std::unique_ptr<Sender>(new Sender(std::move(impl)));
}

Delivered Sender::Deliver(std::span<const Outgoing> messages, const Offsets& next, Member& member) {
  impl_->too_large.clear();
  impl_->lost.clear();
  return impl_->delivery == Delivery::kExactlyOnce ? InTransaction(messages, next, member)
                                                   : AtLeastOnce(messages, next, member);
}

Delivered Sender::InTransaction(std::span<const Outgoing> messages, const Offsets& next,
                                Member& member) {
  const ErrorHandle begun(rd_kafka_begin_transaction(impl_->handle.get()));
  if (begun) return {.verdict = Delivered::Verdict::kOver, .reason = TextOf(begun)};
  if (!impl_->EnqueueAll(messages)) return impl_->Abort({});
  const ErrorHandle failed = impl_->CommitTransaction(next, *member.impl_);
  if (failed) return impl_->Abort(failed);
  return {};
}

Delivered Sender::AtLeastOnce(std::span<const Outgoing> messages, const Offsets& next,
                              Member& member) {
  impl_->EnqueueAll(messages);
  const auto flushed = rd_kafka_flush(impl_->handle.get(), kFlushing);
  std::string reason = impl_->lost;
  if (flushed != RD_KAFKA_RESP_ERR_NO_ERROR) reason = TextOf(flushed);
  if (reason.empty()) {
    if (const auto committed = member.Commit(next); !committed) reason = committed.error().Text();
  }
  if (reason.empty()) return {};
  std::array<char, 512> fatal{};
  const auto over = rd_kafka_fatal_error(impl_->handle.get(), fatal.data(), fatal.size());
  if (over != RD_KAFKA_RESP_ERR_NO_ERROR)
    return {.verdict = Delivered::Verdict::kOver, .reason = fatal.data()};
  // What still waits to be sent belongs to a batch that will be made again.
  rd_kafka_purge(impl_->handle.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(impl_->handle.get(), kFlushing);
  return {.verdict = Delivered::Verdict::kUndone, .reason = reason, .too_large = impl_->too_large};
}

}  // namespace dateline::kafka
