// Samples of every format, in the form in which they are met, and what becomes of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "readers/pages.h"
#include "readers/testing/packing.h"

namespace dateline::readers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Date(const std::optional<DateTime>& date) { return date ? FormatDateTime(*date) : "-"; }

Pages Read(std::string_view bytes, Format format = Format::kAuto) {
  return ReadAllPages(bytes, {.format = format});
}

constexpr std::string_view kRss = R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Lake Herald</title><link>https://l.example/</link><language>en-gb</language>
<item>
 <title>Bridge opens &amp;#8216;early&amp;#8217;</title>
 <link>https://l.example/1</link><guid isPermaLink="false">lh-1</guid>
 <pubDate>Tue, 14 May 2024 09:30:00 +0100</pubDate>
 <author>desk@l.example (Bo Ray)</author><dc:creator><![CDATA[Ann Lee]]></dc:creator>
 <category>World</category><category><![CDATA[Ports & ships]]></category>
 <description>A bridge was opened on the lake.</description>
 <content:encoded><![CDATA[<p>The minister opened a <b>bridge</b>.</p>]]></content:encoded>
 <media:content url="x.jpg" medium="image"><media:description>The bridge</media:description>
  <media:credit>NPA</media:credit></media:content>
</item>
<item><title>Broken</title><description>x <b>oh</description></item>
<item><title>Left open</title><description>y</description>
<item><title>Third</title><description>The dam was <![CDATA[opened. ]]>It rained</description></item>
<item/>
</channel></rss>)";

TEST(Rss, AnItemGivesItsFields) {
  const Pages read = Read(kRss);
  ASSERT_THAT(read.pages, SizeIs(2));
  const Page& page = read.pages[0];
  EXPECT_EQ(page.format_name, "rss");
  EXPECT_EQ(page.given.headline, "Bridge opens ‘early’");
  EXPECT_EQ(page.id, "lh-1");
  EXPECT_EQ(page.url, "https://l.example/1");
  EXPECT_EQ(Date(page.given.date_published), "2024-05-14T09:30:00+01:00");
  EXPECT_THAT(page.given.author, ElementsAre("Bo Ray", "Ann Lee"));
  EXPECT_THAT(page.given.keywords, ElementsAre("World", "Ports & ships"));
  EXPECT_EQ(page.given.description, "A bridge was opened on the lake.");
  EXPECT_EQ(page.given.publisher, "Lake Herald");
  EXPECT_EQ(page.given.in_language, "en-gb");
  EXPECT_EQ(page.kind, PageKind::kHtml);
  EXPECT_TRUE(page.fragment);
  EXPECT_EQ(page.text, "<p>The minister opened a <b>bridge</b>.</p>");
  ASSERT_THAT(page.given.image, SizeIs(1));
  EXPECT_EQ(page.given.image[0].caption, "The bridge");
  EXPECT_EQ(page.given.image[0].credit_text, "NPA");
}

TEST(Rss, ABrokenItemCostsItselfAlone) {
  const Pages read = Read(kRss);
  EXPECT_EQ(read.pages[1].given.headline, "Third");
  EXPECT_EQ(read.pages[1].text, "The dam was opened. It rained");
  ASSERT_THAT(read.problems, SizeIs(3));
  EXPECT_THAT(read.problems[0].message, HasSubstr("no sound XML"));
  EXPECT_EQ(read.problems[0].where, "@" + std::to_string(kRss.find("<item><title>Broken")));
  EXPECT_EQ(read.problems[1].where, "@" + std::to_string(kRss.find("<item><title>Left")));
  EXPECT_EQ(read.problems[2].code, ErrorCode::kNoStory);
}

TEST(Rss, Rss1StandsOutsideItsChannel) {
  const Pages read = Read(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://w.example/"><title>Wire</title>
<items><rdf:Seq><rdf:li resource="https://w.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://w.example/1"><title>Dam opens</title><link>https://w.example/1</link>
<description>The dam opened.</description><dc:date>2024-05-14T09:30+02:00</dc:date>
<dc:subject>energy</dc:subject></item></rdf:RDF>)");
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].id, "https://w.example/1");
  EXPECT_EQ(read.pages[0].given.publisher, "Wire");
  EXPECT_EQ(Date(read.pages[0].given.date_published), "2024-05-14T09:30+02:00");
}

TEST(Rss, TheDeclaredEncodingIsDecoded) {
  const Pages read = Read(
      "<?xml version='1.0' encoding='ISO-8859-1'?><rss "
      "version='0.91'><channel><title>Caf\xE9</title>"
      "<item><title>D\xE9j\xE0</title><description>vu</description></item></channel></rss>");
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].given.headline, "Déjà");
  EXPECT_EQ(read.pages[0].given.publisher, "Café");
}

TEST(Rss, ASummaryThatBeginsTheBodyIsNone) {
  const Pages read = Read(
      "<rss xmlns:content='c'><channel><item><title>T</title><description>The dam opened on "
      "[…]</description><content:encoded>&lt;p&gt;The dam opened on "
      "Monday.&lt;/p&gt;</content:encoded></item></channel></rss>");
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].given.description, std::nullopt);
}

TEST(Atom, AnEntryGivesItsFields) {
  const Pages read = Read(R"(<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wire</title>
<author><name>Bo Ray</name></author>
<entry><title type="html">Dam &lt;b&gt;opens&lt;/b&gt;</title><id>urn:1</id>
<link rel="self" href="https://w.example/self"/><link rel="alternate" href="https://w.example/1"/>
<updated>2024-05-14T10:00:00Z</updated><published>2024-05-13T09:00:00-05:00</published>
<category term="energy" label="Energy"/>
<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>The dam <x:em>opened</x:em>
<x:i>late</x:i> &amp; well.</x:p></x:div></content></entry></feed>)");
  ASSERT_THAT(read.pages, SizeIs(1));
  const Page& page = read.pages[0];
  EXPECT_EQ(page.format_name, "atom");
  EXPECT_EQ(page.given.headline, "Dam opens");
  EXPECT_EQ(page.url, "https://w.example/1");
  EXPECT_EQ(Date(page.given.date_published), "2024-05-13T09:00:00-05:00");
  EXPECT_EQ(Date(page.given.date_modified), "2024-05-14T10:00:00Z");
  EXPECT_THAT(page.given.author, ElementsAre("Bo Ray"));
  EXPECT_THAT(page.given.keywords, ElementsAre("Energy"));
  EXPECT_EQ(page.text, "<p>The dam <em>opened</em>\n<i>late</i> & well.</p>");
}

TEST(JsonFeed, ItemsAreRecordsAndABadOneIsNamed) {
  const Pages read = Read(R"({"version": "https://jsonfeed.org/version/1.1", "title": "LF",
    "language": "en", "items": [
    {"id": "1", "title": "A", "content_html": "<p>x</p>", "date_published": "2024-05-14T10:00:00-07:00",
     "authors": [{"name": "Ann Lee"}], "tags": ["t"]},
    {"id": "2"}, {"id": "3", "content_text": "y"}]})",
                          Format::kJson);
  ASSERT_THAT(read.pages, SizeIs(2));
  EXPECT_EQ(read.pages[0].format_name, "jsonfeed");
  EXPECT_EQ(read.pages[0].given.publisher, "LF");
  EXPECT_THAT(read.pages[0].given.author, ElementsAre("Ann Lee"));
  EXPECT_EQ(Date(read.pages[0].given.date_published), "2024-05-14T10:00:00-07:00");
  EXPECT_NE(read.pages[0].raw, read.pages[1].raw);
  EXPECT_EQ(read.pages[1].text, "y");
  ASSERT_THAT(read.problems, SizeIs(1));
  EXPECT_THAT(read.problems[0].message, HasSubstr("item 2"));
}

TEST(Json, WrappersAndOtherPeoplesNamesAreRead) {
  const Pages read = Read(
      R"({"status": "ok", "articles": [{"source": {"id": null, "name": "LH"}, "title": "A",
      "publishedAt": "2024-05-14T10:00:00Z", "maintext": "x", "authors": ["Ann Lee"]},
      {"title": {"rendered": "B"}, "content": {"rendered": "<p>y</p>"}}]})",
      Format::kJson);
  ASSERT_THAT(read.pages, SizeIs(2));
  EXPECT_EQ(read.pages[0].given.publisher, "LH");
  EXPECT_EQ(Date(read.pages[0].given.date_published), "2024-05-14T10:00:00Z");
  EXPECT_EQ(read.pages[1].given.headline, "B");
  EXPECT_EQ(read.pages[1].kind, PageKind::kHtml);
}

TEST(Json, AMapWinsAndNothingElseIsTakenForItsFields) {
  const auto map = ParseColumnMap("text=a.b,headline=h,date=");
  const Pages read = ReadAllPages(
      R"({"a": {"b": "x"}, "text": "wrong", "h": "H", "title": "wrong", "date": "2024-05-14"})",
      {.format = Format::kJson, .columns = &*map});
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].text, "x");
  EXPECT_EQ(read.pages[0].given.headline, "H");
  EXPECT_EQ(read.pages[0].given.date_text, std::nullopt);
}

TEST(Ninjs, Version1IsRead) {
  const Pages read =
      Read(R"({"uri": "urn:1", "type": "text", "versioncreated": "2024-05-14T10:37:00Z",
   "pubstatus": "usable", "language": "en", "byline": "Ann Lee and Bo Ray", "located": "Lima",
   "headline": "Dam opens", "body_text": "flat", "body_xhtml": "<p>One.</p><p>Two.</p>",
   "associations": {"main": {"type": "picture", "description_text": "The dam"}}})",
           Format::kJson);
  ASSERT_THAT(read.pages, SizeIs(1));
  const Page& page = read.pages[0];
  EXPECT_EQ(page.format_name, "ninjs");
  EXPECT_EQ(page.text, "<p>One.</p><p>Two.</p>");
  EXPECT_THAT(page.given.author, ElementsAre("Ann Lee", "Bo Ray"));
  EXPECT_EQ(page.given.creative_work_status, "usable");
  ASSERT_THAT(page.given.image, SizeIs(1));
}

TEST(Ninjs, Versions2And3KeepTextsInLists) {
  for (const char* names :
       {"contenttype versioncreated pubstatus", "contentType versionCreated pubStatus"}) {
    std::string text =
        R"({"uri": "urn:1", "%2": "2024-05-14T10:37:00Z", "%3": "usable", "by": "By Ann Lee",
      "headlines": [{"role": "main", "value": "Dam opens"}, {"role": "subhead", "value": "Late"}],
      "bodies": [{"role": "main", "%1": "text/plain", "value": "flat"},
                 {"role": "rich", "%1": "application/xhtml+xml", "value": "<p>One.</p>"}]})";
    std::string_view rest = names;
    for (char n = '1'; n <= '3'; ++n) {
      const std::string name(rest.substr(0, rest.find(' ')));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
      for (auto at = text.find({'%', n}); at != text.npos; at = text.find({'%', n}))
        text.replace(at, 2, name);
    }
    const Pages read = Read(text, Format::kJson);
    ASSERT_THAT(read.pages, SizeIs(1)) << text;
    EXPECT_EQ(read.pages[0].given.headline, "Dam opens");
    EXPECT_EQ(read.pages[0].given.alternative_headline, "Late");
    EXPECT_EQ(read.pages[0].text, "<p>One.</p>");
    EXPECT_THAT(read.pages[0].given.author, ElementsAre("Ann Lee"));
  }
}

TEST(Ninjs, PicturesAreNoStoriesAndKillsAreNotices) {
  const Pages picture =
      Read(R"({"uri": "urn:2", "type": "picture", "description_text": "A dam"})", Format::kJson);
  EXPECT_THAT(picture.pages, IsEmpty());
  ASSERT_THAT(picture.problems, SizeIs(1));
  EXPECT_EQ(picture.problems[0].code, ErrorCode::kNoStory);
  const Pages kill = Read(R"({"uri": "urn:3", "pubStatus": "canceled"})", Format::kJson);
  ASSERT_THAT(kill.pages, SizeIs(1));
  EXPECT_TRUE(IsWithdrawn(kill.pages[0].given));
}

constexpr std::string_view kMessage = R"(<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>
<newsItem guid="urn:newsml:npa:1" version="3" xml:lang="en"><itemMeta>
<itemClass qcode="ninat:text"/><provider qcode="nprov:NPA"><name>NPA</name></provider>
<versionCreated>2024-05-14T10:30:00+02:00</versionCreated><pubStatus qcode="stat:usable"/>
<edNote>The name in paragraph 2.</edNote><signal qcode="sig:correction"/></itemMeta>
<contentMeta><contentCreated>2024-05-14T09:00:00+02:00</contentCreated>
<located><name>Lima</name></located><headline>Dam opens</headline><by>By Ann Lee, Bo Ray</by>
<language tag="en"/><dateline>LIMA, May 14 (NPA)</dateline>
<subject qcode="x:1"><name>energy</name></subject></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body><body.content>
<block><p>The dam opened in <location>Lima</location>.</p><hl2>Late</hl2></block>
<media media-type="image"><media-caption>The dam</media-caption></media>
</body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:npa:2" version="4"><itemMeta><itemClass qcode="ninat:text"/>
<pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
<newsItem guid="urn:newsml:npa:3"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<packageItem guid="urn:p"><itemMeta/></packageItem></itemSet></newsMessage>)";

TEST(NewsMlG2, ItemsPackagesCorrectionsAndKills) {
  const Pages read = Read(kMessage);
  ASSERT_THAT(read.pages, SizeIs(2));
  const Page& page = read.pages[0];
  EXPECT_EQ(page.format_name, "newsml-g2");
  EXPECT_EQ(page.id, "urn:newsml:npa:1");
  EXPECT_EQ(page.given.version, "3");
  EXPECT_EQ(page.given.correction, "The name in paragraph 2.");
  EXPECT_EQ(page.given.headline, "Dam opens");
  EXPECT_THAT(page.given.author, ElementsAre("Ann Lee", "Bo Ray"));
  EXPECT_EQ(page.given.location_created, "Lima");
  EXPECT_THAT(page.given.source_organization, ElementsAre("NPA"));
  EXPECT_THAT(page.given.keywords, ElementsAre("energy"));
  EXPECT_EQ(Date(page.given.date_published), "2024-05-14T09:00:00+02:00");
  EXPECT_EQ(page.text, "<div><p>The dam opened in Lima.</p><h2>Late</h2></div>");
  EXPECT_EQ(page.given.image[0].caption, "The dam");
  EXPECT_EQ(read.pages[1].given.creative_work_status, "canceled");
  ASSERT_THAT(read.problems, SizeIs(2));
  EXPECT_THAT(read.problems[0].message, HasSubstr("class picture"));
  EXPECT_THAT(read.problems[1].message, HasSubstr("packageItem"));
}

TEST(Nitf, ADocumentGivesItsFields) {
  const Pages read = Read(R"(<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf><head><title>Dam</title><docdata management-status="usable"><doc-id id-string="npa.17"/>
<date.issue norm="20240514T093000+0200"/><key-list><keyword key="energy"/></key-list>
<doc.copyright holder="NPA"/></docdata></head>
<body><body.head><hedline><hl1>Dam opens</hl1><hl2>Late</hl2></hedline>
<byline>By <person>Ann Lee</person><byttl>NPA Writer</byttl></byline><distributor>NPA</distributor>
<dateline><location>LIMA</location>, May 14 (NPA)</dateline><abstract><p>In short.</p></abstract></body.head>
<body.content><p>One &lt; two.</p><bq><block><p>Three.</p></block></bq></body.content></body></nitf>)");
  ASSERT_THAT(read.pages, SizeIs(1));
  const Page& page = read.pages[0];
  EXPECT_EQ(page.format_name, "nitf");
  EXPECT_EQ(page.id, "npa.17");
  EXPECT_EQ(page.given.headline, "Dam opens");
  EXPECT_EQ(page.given.alternative_headline, "Late");
  EXPECT_THAT(page.given.author, ElementsAre("Ann Lee"));
  EXPECT_EQ(Date(page.given.date_published), "2024-05-14T09:30:00+02:00");
  EXPECT_EQ(page.given.description, "In short.");
  EXPECT_EQ(page.given.dateline, "LIMA, May 14 (NPA)");
  EXPECT_THAT(page.text, HasSubstr("<p>One &lt; two.</p>"));
  EXPECT_THAT(page.text, HasSubstr("<p>Three.</p>"));
}

TEST(Nitf, AWithheldDocumentIsANotice) {
  const Pages read = Read(
      "<nitf><head><docdata "
      "management-status='withheld'/></head><body><body.content/></body></nitf>");
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].given.creative_work_status, "withheld");
}

TEST(NewsMl1, AnItemGivesItsFields) {
  const Pages read = Read(R"(<NewsML><NewsItem><Identification><NewsIdentifier>
<RevisionId Update="N">2</RevisionId><PublicIdentifier>urn:7</PublicIdentifier></NewsIdentifier>
</Identification><NewsManagement><FirstCreated>20240514T093000Z</FirstCreated>
<Status FormalName="Usable"/></NewsManagement><NewsComponent><NewsLines><HeadLine>Dam opens</HeadLine>
<ByLine>By Ann Lee</ByLine></NewsLines><NewsComponent><ContentItem><DataContent><p>One.</p><p>Two.</p>
</DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>)");
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].format_name, "newsml1");
  EXPECT_EQ(read.pages[0].given.version, "2");
  EXPECT_EQ(Date(read.pages[0].given.date_published), "2024-05-14T09:30:00Z");
  EXPECT_THAT(read.pages[0].text, HasSubstr("<p>One.</p><p>Two.</p>"));
}

TEST(Iptc7901, MessagesAreReadWithHeaderAndTime) {
  const Pages read = Read(
      "\x16\x16\x01NPA0123 4 I 0120 LIMA-DAM\r\n\x02\r\nLIMA, May 14 (NPA) - It opened.\r\n"
      "\x03"
      "140930 GMT MAY 24\x04\r\n\x01NPA0124 1 I 0010 KILL-DAM\r\n\x02KILL NPA0123.\r\n\x03\x04"
      "\x01NPA0125 no text\r\n");
  ASSERT_THAT(read.pages, SizeIs(2));
  EXPECT_EQ(read.pages[0].id, "NPA0123");
  EXPECT_THAT(read.pages[0].given.keywords, ElementsAre("LIMA-DAM"));
  EXPECT_THAT(read.pages[0].given.source_organization, ElementsAre("NPA"));
  EXPECT_EQ(Date(read.pages[0].given.date_published), "2024-05-14T09:30Z");
  EXPECT_EQ(read.pages[1].given.creative_work_status, "canceled");
  ASSERT_THAT(read.problems, SizeIs(1));
}

TEST(Csv, CellsAreReadByTheirHeader) {
  const Pages read = Read(
      "\xEF\xBB\xBFid;Title;Publish Date;content\r\n"
      "1;\"Dam; opened\";May 14, 2024;\"It \"\"opened\"\".\r\nThen rain.\"\r\n\r\n"
      "2;Bridge;2024-05-15;Open.\n3;a;b;c;d\n");
  ASSERT_THAT(read.pages, SizeIs(2));
  EXPECT_EQ(read.pages[0].format_name, "csv");
  EXPECT_EQ(read.pages[0].given.headline, "Dam; opened");
  EXPECT_EQ(read.pages[0].text, "It \"opened\".\r\nThen rain.");
  EXPECT_EQ(Date(read.pages[0].given.date_published), "2024-05-14");
  ASSERT_THAT(read.problems, SizeIs(1));
  EXPECT_THAT(read.problems[0].message, HasSubstr("5 columns, the header 4"));
}

TEST(Csv, TextThatIsNoTableStaysText) {
  for (const char* bytes :
       {"Title, date and text\nwere lost, all of them.\n", "Yes, we can\nOr not\n",
        "text\nonly one column\n", "Headline; by Ann Lee\n\nText, and more."}) {
    const Pages read = Read(bytes);
    ASSERT_THAT(read.pages, SizeIs(1)) << bytes;
    EXPECT_EQ(read.pages[0].format_name, "text") << bytes;
  }
}

std::string WarcRecord(std::string_view block) {
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://n.example/1>\r\n"
         "Content-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(block.size()) + "\r\n\r\n" + std::string(block) + "\r\n\r\n";
}

TEST(Warc, ChunkedAndCompressedBodiesAreUndone) {
  const std::string body = Gzip("<!DOCTYPE html><p>The dam opened.</p>");
  std::string chunks;
  for (std::size_t at = 0; at < body.size(); at += 10) {
    const std::string part = body.substr(at, 10);
    chunks += (part.size() == 10 ? "A" : std::to_string(part.size())) + std::string(";x=y\r\n");
    chunks += part + "\r\n";
  }
  chunks += "0\r\n\r\n";
  const Pages read =
      Read(WarcRecord("HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=\"Windows-1252\"\r\n"
                      "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n" +
                      chunks));
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].kind, PageKind::kHtml);
  EXPECT_FALSE(read.pages[0].fragment);
  EXPECT_EQ(read.pages[0].text, "<!DOCTYPE html><p>The dam opened.</p>");
  EXPECT_EQ(read.pages[0].url, "https://n.example/1");
  EXPECT_EQ(read.pages[0].charset, "Windows-1252");
}

TEST(Warc, HeadersThatTheArchiveHasOutlivedAreNotBelieved) {
  const Pages read =
      Read(WarcRecord("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                      "Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n\r\n<html><p>x"));
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].text, "<html><p>x");
}

TEST(Warc, ABombInABodyIsRefused) {
  const std::string block =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n" +
      Gzip(std::string(std::size_t{8} << 20U, 'a'));
  const Pages read =
      ReadAllPages(WarcRecord(block), {.format = Format::kWarc, .max_body_bytes = 1U << 20U});
  EXPECT_THAT(read.pages, IsEmpty());
  ASSERT_THAT(read.problems, SizeIs(1));
  EXPECT_EQ(read.problems[0].code, ErrorCode::kTooLarge);
}

TEST(Warc, AFeedInABodyGivesItsItems) {
  const Pages read = Read(WarcRecord(
      "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n" + std::string(kRss)));
  EXPECT_THAT(read.pages, SizeIs(2));
}

TEST(Xml, EntityBombsAreRefused) {
  const Pages read = Read(
      "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"
      "<rss><channel><item><title>&b;</title></item></channel></rss>");
  EXPECT_THAT(read.pages, IsEmpty());
  ASSERT_THAT(read.problems, SizeIs(1));
  EXPECT_THAT(read.problems[0].message, HasSubstr("entity bombs"));
}

TEST(Xml, ExternalEntitiesStayAsTheyAreWritten) {
  const Pages read = Read(
      "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
      "<rss><channel><item><title>T</title><description>a &x; "
      "b</description></item></channel></rss>");
  ASSERT_THAT(read.pages, SizeIs(1));
  EXPECT_EQ(read.pages[0].text, "a &x; b");
}

TEST(Xml, DeepNestingIsRefused) {
  std::string deep = "<rss><channel><item><title>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  deep += "</item></channel></rss>";
  const Pages read = Read(deep);
  ASSERT_THAT(read.problems, SizeIs(1));
  EXPECT_THAT(read.problems[0].message, HasSubstr("256 deep"));
}

TEST(Xml, OtherXmlIsNamed) {
  const Pages read = Read("<?xml version='1.0'?><svg><g/></svg>");
  ASSERT_THAT(read.problems, SizeIs(1));
  EXPECT_EQ(read.problems[0].code, ErrorCode::kUnsupported);
  EXPECT_THAT(read.problems[0].message, HasSubstr("svg"));
}

}  // namespace
}  // namespace dateline::readers
