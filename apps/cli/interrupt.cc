#include "interrupt.h"

#include <atomic>
#include <csignal>

namespace dateline::cli {
namespace {

// A signal handler can reach nothing but a global; this is the only one.
std::atomic<int> signal_received = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
static_assert(std::atomic<int>::is_always_lock_free);

void Watch(int signal) {
  struct sigaction action{};
  sigaction(signal, nullptr, &action);
  if (action.sa_handler == SIG_IGN) return;
  action = {};
  action.sa_handler = [](int number) { signal_received = number; };
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigaction(signal, &action, nullptr);
}

}  // namespace

void WatchSignals() {
  Watch(SIGINT);
  Watch(SIGTERM);
  struct sigaction ignore{};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
}

int SignalReceived() { return signal_received; }

}  // namespace dateline::cli
