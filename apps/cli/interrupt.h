/// Ctrl-C and SIGTERM: the first asks to finish, the second ends the program at once.
#pragma once

namespace dateline::cli {

/// Catches SIGINT and SIGTERM (those not ignored by the caller, as nohup does) from now on, and
/// lets writes to a closed pipe fail instead of killing the program.
void WatchSignals();

/// The signal that came, or 0. Any thread.
int SignalReceived();

}  // namespace dateline::cli
