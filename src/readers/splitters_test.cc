// Streams of every format, packed and not, cut into pieces: whatever the steps in which the bytes
// come, whatever is wrong with one record.
#include "readers/splitters.h"

#include <archive.h>
#include <archive_entry.h>
#include <bzlib.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <lzma.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "readers/testing/packing.h"

namespace dateline::readers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// "bytes" or "! code: message", each with where it stood.
std::vector<std::string> Pieces(std::string bytes, const InputOptions& options = {},
                                std::size_t step = std::size_t{1} << 18U) {
  std::vector<std::string> out;
  const auto pieces =
      OpenPieces(std::make_unique<MemorySource>(std::move(bytes), step), "in", options);
  while (auto piece = pieces->Next()) {
    if (*piece) {
      out.push_back((*piece)->path + "@" + std::to_string((*piece)->offset) + " " +
                    (*piece)->bytes);
    } else {
      out.push_back("! " + piece->error().Text());
    }
    EXPECT_LT(out.size(), 10'000U);
    if (out.size() >= 10'000U) break;
  }
  return out;
}

std::string Bzip2(std::string_view bytes) {
  auto size = static_cast<unsigned>(bytes.size() + 1024);
  std::string out(size, '\0');
  BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(bytes.data()),
                           static_cast<unsigned>(bytes.size()), 9, 0, 0);
  out.resize(size);
  return out;
}

std::string Xz(std::string_view bytes) {
  std::string out(bytes.size() + 1024, '\0');
  std::size_t size = 0;
  EXPECT_EQ(LZMA_OK,
            lzma_easy_buffer_encode(
                1, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(bytes.data()),
                bytes.size(), reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()));
  out.resize(size);
  return out;
}

using Files = std::vector<std::pair<std::string, std::string>>;

std::string Pack(const Files& files, int (*format)(archive*)) {
  std::string out(std::size_t{1} << 20U, '\0');
  std::size_t size = 0;
  archive* a = archive_write_new();
  format(a);
  archive_write_open_memory(a, out.data(), out.size(), &size);
  for (const auto& [path, bytes] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, path.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(a, entry);
    archive_write_data(a, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  out.resize(size);
  return out;
}

constexpr std::string_view kLines = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
constexpr std::string_view kFeed =
    "<?xml version='1.0'?><!-- <item> --><rss><channel><title>T</title>\n"
    "<item><title><![CDATA[</item>]]></title><!-- </item> --></item>\n"
    "<item a='>'><x/></item><item/><item>open<item>next</item></channel></rss>";
constexpr std::string_view kTable = "title,text\n\"a\n\"\"b\"\"\",c\n\nd,e\nf,\"open\ng,h\n";

std::string Record(std::string_view type, std::string_view block) {
  return "WARC/1.0\r\nWARC-Type: " + std::string(type) +
         "\r\nContent-Type: application/http\r\nContent-Length: " + std::to_string(block.size()) +
         "\r\n\r\n" + std::string(block) + "\r\n\r\n";
}

std::string Answer(std::string_view body) {
  return Record("response",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + std::string(body));
}

std::string Web() {
  return Record("request", "GET / HTTP/1.1\r\n\r\n") + Answer("one") + Record("revisit", "x") +
         "garbage\r\n" + Answer("two") + Record("response", "HTTP/1.1 404 Not Found\r\n\r\nno") +
         Record("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG");
}

TEST(Splitters, JsonLinesFeedsAndTables) {
  EXPECT_THAT(Pieces(std::string(kLines)),
              ElementsAre("in@0 {\"text\":\"a\"}", "in@13 {\"text\":\"b\"}"));
  EXPECT_THAT(
      Pieces(std::string(kFeed)),
      ElementsAre(HasSubstr("<item><title><![CDATA[</item>]]></title><!-- </item> --></item>"),
                  HasSubstr("<item a='>'><x/></item>"), HasSubstr("<item/>"),
                  HasSubstr("<item>open"), HasSubstr("<item>next</item>")));
  EXPECT_THAT(Pieces(std::string(kTable)), ElementsAre("in@11 \"a\n\"\"b\"\"\",c\n", "in@24 d,e\n",
                                                       "in@28 f,\"open\n", "in@36 g,h\n"));
}

TEST(Splitters, TheContextIsWhatStandsBeforeTheRecords) {
  const auto pieces =
      OpenPieces(std::make_unique<MemorySource>(std::string(kFeed)), "in", InputOptions{});
  const auto first = pieces->Next();
  ASSERT_TRUE(first && *first);
  EXPECT_THAT(*(*first)->context, HasSubstr("<rss><channel><title>T</title>"));
  EXPECT_EQ((*first)->record, 1U);
  EXPECT_EQ((*first)->line, 2U);
}

TEST(Splitters, WebArchivesGiveAnswersAndCountTheRest) {
  EXPECT_THAT(
      Pieces(Web()),
      ElementsAre(HasSubstr("record of type request"), HasSubstr("one"), HasSubstr("a revisit"),
                  HasSubstr("no record of a web archive begins"), HasSubstr("two"),
                  HasSubstr("status 404"), HasSubstr("not a page: image/png")));
}

TEST(Splitters, TheStepsInWhichBytesComeDoNotMatter) {
  const Files files = {{"a.jsonl", std::string(kLines)}, {"b/c.xml", std::string(kFeed)}};
  const std::vector<std::string> streams = {std::string(kLines),
                                            std::string(kFeed),
                                            std::string(kTable),
                                            Web(),
                                            Gzip(kLines) + Gzip(kFeed),
                                            Zstd(kFeed),
                                            Bzip2(kLines),
                                            Xz(Web()),
                                            Pack(files, archive_write_set_format_zip),
                                            Pack(files, archive_write_set_format_pax_restricted),
                                            "\x01NPA1 x\r\n\x02y\x03\x04\x01NPA2\r\n\x02z\x03\x04"};
  for (const std::string& stream : streams) {
    const auto whole = Pieces(stream);
    for (const std::size_t step : {1U, 2U, 3U, 7U, 64U, 1000U})
      EXPECT_EQ(Pieces(stream, {}, step), whole) << step << " of " << stream.substr(0, 40);
  }
}

struct CodecCase {
  const char* name;
  std::string (*pack)(std::string_view bytes);
};
void PrintTo(const CodecCase& c, std::ostream* out) { *out << c.name; }

class EveryCodec : public testing::TestWithParam<CodecCase> {};

TEST_P(EveryCodec, IsUnpackedAndItsMembersJoined) {
  const auto pack = GetParam().pack;
  EXPECT_EQ(Pieces(pack(kLines) + pack("{\"text\":\"c\"}\n")),
            Pieces(std::string(kLines) + "{\"text\":\"c\"}\n"));
}

TEST_P(EveryCodec, ThatIsCutOffIsReported) {
  const std::string packed = GetParam().pack(kLines);
  const auto pieces = Pieces(packed.substr(0, packed.size() - 3));
  ASSERT_FALSE(pieces.empty());
  EXPECT_THAT(pieces.back(), HasSubstr("ends too early"));
}

TEST_P(EveryCodec, ADamagedMemberCostsItselfAlone) {
  const auto pack = GetParam().pack;
  std::string text;
  for (int i = 0; i < 400; ++i) text += "lost " + std::to_string(i * 7919) + " ";
  std::string bad = pack(Answer(text));
  bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 0x55);
  const auto pieces = Pieces(pack(Answer("one")) + bad + pack(Answer("two")));
  ASSERT_GE(pieces.size(), 3U);
  EXPECT_THAT(pieces.front(), HasSubstr("one"));
  EXPECT_THAT(pieces.back(), HasSubstr("two"));
}

TEST_P(EveryCodec, ABombIsRefused) {
  const auto pack = GetParam().pack;
  // A small one of 300 MB: 300 members of the same megabyte.
  const std::string member = pack(std::string(std::size_t{1} << 20U, ' '));
  if (member.size() > 4000) GTEST_SKIP() << "does not grow enough to be a bomb";
  std::string bomb;
  for (int i = 0; i < 300; ++i) bomb += member;
  const auto pieces = Pieces(bomb, {.format = Format::kJson});
  ASSERT_THAT(pieces, SizeIs(1));
  EXPECT_THAT(pieces[0], HasSubstr("decompression bombs"));
}

INSTANTIATE_TEST_SUITE_P(Codecs, EveryCodec,
                         testing::Values(CodecCase{"gzip", Gzip}, CodecCase{"zstd", Zstd},
                                         CodecCase{"bzip2", Bzip2}, CodecCase{"xz", Xz}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Zstd, AWindowThatIsTooLargeIsRefusedOnceAndTheNextMemberRead) {
  // A frame whose head asks for a window of 2^40 bytes.
  const std::string greedy("\x28\xB5\x2F\xFD\x00\xF0\x01\x00\x00", 9);
  EXPECT_THAT(
      Pieces(greedy + Zstd(kLines), {.format = Format::kJson}),
      ElementsAre(HasSubstr("more memory than is given"), HasSubstr("\"a\""), HasSubstr("\"b\"")));
}

TEST(Archives, FilesInFilesAreNamedByTheirWay) {
  const std::string inner =
      Pack({{"x.jsonl", Gzip("{\"text\":\"a\"}\n")}}, archive_write_set_format_zip);
  const std::string outer =
      Pack({{"in/i.zip", inner}, {".hidden", "x"}, {"__MACOSX/y", "y"}, {"t.txt", "t"}},
           archive_write_set_format_ustar);
  EXPECT_THAT(Pieces(Xz(outer)),
              ElementsAre("in!in/i.zip!x.jsonl@0 {\"text\":\"a\"}", "in!t.txt@0 t"));
}

TEST(Archives, ABombOfLayersIsRefused) {
  std::string packed = "{\"text\":\"a\"}";
  for (int i = 0; i < 6; ++i) packed = Gzip(packed);
  EXPECT_THAT(Pieces(packed), ElementsAre(HasSubstr("more than 4 layers")));
}

TEST(Archives, ADamagedArchiveGivesWhatCameBefore) {
  const std::string packed =
      Pack({{"a.txt", "alpha"}, {"b.txt", std::string(5000, 'b')}}, archive_write_set_format_ustar);
  const auto pieces = Pieces(packed.substr(0, 2500));
  ASSERT_GE(pieces.size(), 2U);
  EXPECT_EQ(pieces[0], "in!a.txt@0 alpha");
  EXPECT_THAT(pieces[1], testing::StartsWith("! in!b.txt"));
}

TEST(Limits, ARecordOverTheLimitIsPassedOverInEveryFormat) {
  const std::string large(5000, 'x');
  const InputOptions options{.max_piece_bytes = 1000};
  EXPECT_THAT(Pieces("{\"text\":\"" + large + "\"}\n{\"text\":\"b\"}\n", options),
              ElementsAre(HasSubstr("more than 1000 bytes"), HasSubstr("\"b\"")));
  EXPECT_THAT(
      Pieces("<rss><channel><item>" + large + "</item><item>b</item></channel></rss>", options),
      ElementsAre(HasSubstr("more than 1000 bytes"), HasSubstr("<item>b</item>")));
  EXPECT_THAT(Pieces("title,text\na,\"" + large + "\"\nb,c\n", options),
              ElementsAre(HasSubstr("more than 1000 bytes"), HasSubstr("b,c")));
  EXPECT_THAT(Pieces(Answer(large) + Answer("b"), options),
              ElementsAre(HasSubstr("more than 1000"), HasSubstr("b")));
}

TEST(Limits, TheHeadOfAWebArchivesRecordCountsToo) {
  const std::string record = Answer("body");
  const std::size_t size = record.size() - 4;  // without the empty line behind it
  EXPECT_THAT(Pieces(record, {.max_piece_bytes = size}), ElementsAre(HasSubstr("body")));
  EXPECT_THAT(Pieces(record, {.max_piece_bytes = size - 1}), ElementsAre(HasSubstr("more than")));
}

TEST(From, ReadingBeginsAtTheFirstRecordBehindAByte) {
  EXPECT_THAT(Pieces(std::string(kLines), {.from = 13}), ElementsAre("in@13 {\"text\":\"b\"}"));
  EXPECT_THAT(Pieces(std::string(kTable), {.from = 24}).front(), "in@24 d,e\n");
  EXPECT_THAT(Pieces(Gzip(kLines), {.from = 13}), ElementsAre("in@13 {\"text\":\"b\"}"));
  const std::size_t second = kFeed.find("<item a=");
  EXPECT_EQ(Pieces(std::string(kFeed), {.from = second}).front(),
            "in@" + std::to_string(second) + " <item a='>'><x/></item>");
  EXPECT_THAT(Pieces(Answer("one") + Answer("two"), {.from = Answer("one").size()}),
              ElementsAre(HasSubstr("two")));
  EXPECT_THAT(Pieces("text", {.from = 2}), ElementsAre(HasSubstr("has no records")));
}

TEST(Utf16, TablesAndFeedsOfSpreadsheetsAreRead) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("title\ttext\na\tb\n")) wide.append(1, c).append(1, '\0');
  EXPECT_THAT(Pieces(wide), ElementsAre("in@11 a\tb\n"));
}

}  // namespace
}  // namespace dateline::readers
