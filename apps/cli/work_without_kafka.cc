// Takes the place of work_command.cc where librdkafka was not there when the program was built.
#include "messages.h"
#include "read_command.h"
#include "work_command.h"

namespace dateline::cli {

int RunWork(const WorkCommand& /*command*/) {
  Say("work: this program was built without Kafka; install librdkafka (Debian: librdkafka-dev) and "
      "build it again, or pipe records through 'dateline read --jsonl -'");
  return kWrongUsage;
}

}  // namespace dateline::cli
