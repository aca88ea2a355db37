/// A disk that fails when told to, for tests: a layer between SQLite and the file system.
///
///   FaultyDisk disk;                  // from now on all files are opened through it
///   disk.FailAfter(17, FaultyDisk::Fault::kFull);
///   …                                 // the 18th write and all after it find no space
///   disk.Heal();
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace dateline::archive {

/// One at a time may live. Not thread-safe.
class FaultyDisk {
 public:
  enum class Fault : std::uint8_t {
    kFull,      ///< writes that make a file longer fail: SQLITE_FULL
    kError,     ///< one operation fails: SQLITE_IOERR
    kErrors,    ///< all operations fail from then on
    kPowerCut,  ///< likewise; what was written and not synced may be lost, see LosePower
  };

  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// After `operations` more reads, writes, syncs and the like.
  void FailAfter(std::uint64_t operations, Fault fault);
  /// All works again.
  void Heal();
  /// How many operations there were since the last call of FailAfter or Heal.
  [[nodiscard]] std::uint64_t operations() const { return operations_; }
  [[nodiscard]] bool failed() const { return failed_; }

  /// Gives every file the content that it might have after a power cut: of the writes since its
  /// last sync each is there, is not, or is there in part, in whole sectors. REQUIRES: no file is
  /// open.
  void LosePower(std::mt19937_64& random);

  // For the layer itself.
  struct Change {
    std::int64_t offset = 0;
    std::optional<std::string> bytes;  ///< absent: cut off at `offset`
  };
  struct File {
    std::string durable;          ///< content when it was last synced
    std::vector<Change> changes;  ///< since then
  };
  /// The code with which the operation fails, if it does.
  std::optional<int> Fail(int code, bool grows);
  std::map<std::string, File>& files() { return files_; }

 private:
  std::uint64_t operations_ = 0;
  std::uint64_t fail_at_ = 0;
  std::optional<Fault> fault_;
  bool failed_ = false;
  std::map<std::string, File> files_;
};

}  // namespace dateline::archive
