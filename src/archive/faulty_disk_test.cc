#include "archive/faulty_disk.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace dateline::archive {
namespace {

constexpr std::size_t kSector = 512;
constexpr const char* kName = "faulty";

/// What SQLite holds of an open file. The real one lies behind it.
struct OpenFile {
  sqlite3_file base;
  FaultyDisk* disk;
  const char* path;  ///< SQLite's own, null for a temporary file
  sqlite3_file* real;
};

OpenFile* Of(sqlite3_file* file) { return reinterpret_cast<OpenFile*>(file); }
sqlite3_vfs* Real(sqlite3_vfs* /*vfs*/) { return sqlite3_vfs_find("unix"); }
FaultyDisk* DiskOf(sqlite3_vfs* vfs) { return static_cast<FaultyDisk*>(vfs->pAppData); }

std::string Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

FaultyDisk::File* Tracked(OpenFile* file) {
  if (file->path == nullptr) return nullptr;
  const auto found = file->disk->files().find(file->path);
  return found == file->disk->files().end() ? nullptr : &found->second;
}

int Close(sqlite3_file* file) { return Of(file)->real->pMethods->xClose(Of(file)->real); }

int Read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
  if (const auto code = Of(file)->disk->Fail(SQLITE_IOERR_READ, false)) return *code;
  return Of(file)->real->pMethods->xRead(Of(file)->real, out, size, offset);
}

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  sqlite3_int64 length = 0;
  Of(file)->real->pMethods->xFileSize(Of(file)->real, &length);
  if (const auto code = Of(file)->disk->Fail(SQLITE_IOERR_WRITE, offset + size > length)) {
    return *code;
  }
  if (auto* tracked = Tracked(Of(file))) {
    tracked->changes.push_back(
        {offset, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))});
  }
  return Of(file)->real->pMethods->xWrite(Of(file)->real, bytes, size, offset);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const auto code = Of(file)->disk->Fail(SQLITE_IOERR_TRUNCATE, false)) return *code;
  if (auto* tracked = Tracked(Of(file))) tracked->changes.push_back({size, std::nullopt});
  return Of(file)->real->pMethods->xTruncate(Of(file)->real, size);
}

int Sync(sqlite3_file* file, int flags) {
  if (const auto code = Of(file)->disk->Fail(SQLITE_IOERR_FSYNC, false)) return *code;
  if (auto* tracked = Tracked(Of(file))) {
    tracked->durable = Content(Of(file)->path);
    tracked->changes.clear();
  }
  // Nothing real is to be kept: the file system's own cache will do.
  static_cast<void>(flags);
  return SQLITE_OK;
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Of(file)->real->pMethods->xFileSize(Of(file)->real, size);
}
int Lock(sqlite3_file* file, int level) {
  return Of(file)->real->pMethods->xLock(Of(file)->real, level);
}
int Unlock(sqlite3_file* file, int level) {
  return Of(file)->real->pMethods->xUnlock(Of(file)->real, level);
}
int CheckReservedLock(sqlite3_file* file, int* out) {
  return Of(file)->real->pMethods->xCheckReservedLock(Of(file)->real, out);
}
int FileControl(sqlite3_file* file, int operation, void* argument) {
  return Of(file)->real->pMethods->xFileControl(Of(file)->real, operation, argument);
}
int SectorSize(sqlite3_file* /*file*/) { return kSector; }
int DeviceCharacteristics(sqlite3_file* /*file*/) { return 0; }
int ShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return Of(file)->real->pMethods->xShmMap(Of(file)->real, page, size, extend, out);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Of(file)->real->pMethods->xShmLock(Of(file)->real, offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) { Of(file)->real->pMethods->xShmBarrier(Of(file)->real); }
int ShmUnmap(sqlite3_file* file, int erase) {
  return Of(file)->real->pMethods->xShmUnmap(Of(file)->real, erase);
}

constexpr sqlite3_io_methods kMethods = {2,
                                         &Close,
                                         &Read,
                                         &Write,
                                         &Truncate,
                                         &Sync,
                                         &FileSize,
                                         &Lock,
                                         &Unlock,
                                         &CheckReservedLock,
                                         &FileControl,
                                         &SectorSize,
                                         &DeviceCharacteristics,
                                         &ShmMap,
                                         &ShmLock,
                                         &ShmBarrier,
                                         &ShmUnmap,
                                         nullptr,
                                         nullptr};

int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  OpenFile* opened = Of(file);
  opened->base.pMethods = nullptr;
  if (const auto code = DiskOf(vfs)->Fail(SQLITE_CANTOPEN, false)) return *code;
  opened->disk = DiskOf(vfs);
  opened->path = path;
  opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
  if (path != nullptr && !opened->disk->files().contains(path)) {
    opened->disk->files()[path].durable = Content(path);
  }
  const int code = Real(vfs)->xOpen(Real(vfs), path, opened->real, flags, out_flags);
  if (opened->real->pMethods != nullptr) opened->base.pMethods = &kMethods;
  return code;
}

int Delete(sqlite3_vfs* vfs, const char* path, int sync) {
  if (const auto code = DiskOf(vfs)->Fail(SQLITE_IOERR_DELETE, false)) return *code;
  DiskOf(vfs)->files().erase(path);
  return Real(vfs)->xDelete(Real(vfs), path, sync);
}

int Access(sqlite3_vfs* vfs, const char* path, int flags, int* out) {
  return Real(vfs)->xAccess(Real(vfs), path, flags, out);
}
int FullPathname(sqlite3_vfs* vfs, const char* path, int size, char* out) {
  return Real(vfs)->xFullPathname(Real(vfs), path, size, out);
}
int Randomness(sqlite3_vfs* vfs, int size, char* out) {
  return Real(vfs)->xRandomness(Real(vfs), size, out);
}
int Sleep(sqlite3_vfs* vfs, int microseconds) { return Real(vfs)->xSleep(Real(vfs), microseconds); }
int CurrentTime(sqlite3_vfs* vfs, double* out) { return Real(vfs)->xCurrentTime(Real(vfs), out); }
int GetLastError(sqlite3_vfs* vfs, int size, char* out) {
  return Real(vfs)->xGetLastError(Real(vfs), size, out);
}

sqlite3_vfs& Vfs() {
  static sqlite3_vfs vfs{};
  return vfs;
}

void Apply(const FaultyDisk::Change& change, std::string& content, std::size_t size) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (!change.bytes) {
    content.resize(offset);
    return;
  }
  if (size == 0) return;
  if (content.size() < offset + size) content.resize(offset + size);
  std::copy_n(change.bytes->begin(), size, content.begin() + change.offset);
}

}  // namespace

FaultyDisk::FaultyDisk() {
  sqlite3_vfs* real = sqlite3_vfs_find("unix");
  sqlite3_vfs& vfs = Vfs();
  vfs = {};
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(OpenFile)) + real->szOsFile;
  vfs.mxPathname = real->mxPathname;
  vfs.zName = kName;
  vfs.pAppData = this;
  vfs.xOpen = &Open;
  vfs.xDelete = &Delete;
  vfs.xAccess = &Access;
  vfs.xFullPathname = &FullPathname;
  vfs.xRandomness = &Randomness;
  vfs.xSleep = &Sleep;
  vfs.xCurrentTime = &CurrentTime;
  vfs.xGetLastError = &GetLastError;
  sqlite3_vfs_register(&vfs, 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&Vfs());
  sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
}

void FaultyDisk::FailAfter(std::uint64_t operations, Fault fault) {
  operations_ = 0;
  fail_at_ = operations;
  fault_ = fault;
  failed_ = false;
}

void FaultyDisk::Heal() {
  operations_ = 0;
  fault_.reset();
  failed_ = false;
}

std::optional<int> FaultyDisk::Fail(int code, bool grows) {
  const std::uint64_t now = operations_++;
  if (!fault_ || now < fail_at_) return std::nullopt;
  if (*fault_ == Fault::kFull) {
    if (!grows) return std::nullopt;
    failed_ = true;
    return SQLITE_FULL;
  }
  if (*fault_ == Fault::kError && failed_) return std::nullopt;
  failed_ = true;
  return code;
}

void FaultyDisk::LosePower(std::mt19937_64& random) {
  for (auto& [path, file] : files_) {
    std::string content = file.durable;
    for (const Change& change : file.changes) {
      const std::size_t size = change.bytes ? change.bytes->size() : 0;
      switch (random() % 3) {
        case 0:
          break;
        case 1:
          Apply(change, content, size);
          break;
        default:
          if (change.bytes) Apply(change, content, random() % (size / kSector + 1) * kSector);
      }
    }
    if (std::filesystem::exists(path)) {
      std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    }
  }
  files_.clear();
}

namespace {

class FaultyDiskTest : public testing::Test {
 protected:
  FaultyDiskTest()
      : path_((std::filesystem::temp_directory_path() / fmt::format("faulty_{}.db", getpid()))
                  .string()) {
    std::filesystem::remove(path_);
    sqlite3_open(path_.c_str(), &database_);
  }
  ~FaultyDiskTest() override {
    sqlite3_close(database_);
    std::filesystem::remove(path_);
  }
  int Run(const char* sql) { return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr); }

  std::string path_;
  FaultyDisk disk_;
  sqlite3* database_ = nullptr;
};

TEST_F(FaultyDiskTest, FailsWhenToldAndNotBefore) {
  EXPECT_EQ(Run("CREATE TABLE t(x)"), SQLITE_OK);
  EXPECT_GT(disk_.operations(), 5U);
  disk_.FailAfter(0, FaultyDisk::Fault::kFull);
  EXPECT_EQ(Run("INSERT INTO t VALUES(zeroblob(99999))"), SQLITE_FULL);
  disk_.FailAfter(0, FaultyDisk::Fault::kErrors);
  EXPECT_NE(Run("INSERT INTO t VALUES(1)"), SQLITE_OK);
  EXPECT_TRUE(disk_.failed());
  disk_.Heal();
  EXPECT_EQ(Run("INSERT INTO t VALUES(1)"), SQLITE_OK);
}

TEST_F(FaultyDiskTest, WhatIsNotSyncedMayBeLost) {
  EXPECT_EQ(Run("CREATE TABLE t(x)"), SQLITE_OK);
  const auto synced = std::filesystem::file_size(path_);
  EXPECT_EQ(Run("PRAGMA synchronous = OFF; INSERT INTO t VALUES(zeroblob(99999))"), SQLITE_OK);
  sqlite3_close(database_);
  database_ = nullptr;
  const std::string written = Content(path_);
  EXPECT_GT(written.size(), synced);
  std::mt19937_64 random(1);
  disk_.LosePower(random);
  EXPECT_NE(Content(path_), written);
}

}  // namespace
}  // namespace dateline::archive
