#include "html/page_reader.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "dateline/date.h"
#include "html/charset.h"
#include "readers/dates.h"

namespace dateline::html {
namespace {

const PageReader& SharedReader() {
  static const auto reader = [] {
    auto tables = tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    EXPECT_TRUE(tables) << tables.error().Text();
    return PageReader::Load(*tables);
  }();
  EXPECT_TRUE(reader) << reader.error().Text();
  return *reader;
}

std::vector<PageStory> Read(std::string_view page, std::string_view url = "") {
  return SharedReader().Read(page, {.url = url});
}

const std::string kBody =
    "<p>The harbour council of Portmere voted on Monday to rebuild the old ferry pier, which a "
    "storm had damaged in the spring, officials said.</p>"
    "<p>\"We have waited for this day for two years,\" the mayor, Hanna Vell, told reporters, "
    "adding that the work would begin in June.</p>"
    "<p>The pier carried nearly a million passengers a year before it was closed, according to "
    "the figures of the port authority.</p>";

std::string Page(std::string_view head,
                 std::string_view before = "<h1>Old ferry pier is rebuilt</h1>",
                 std::string_view behind = "") {
  std::string page = "<!doctype html><html lang=en><head>";
  page.append(head).append("</head><body><article>").append(before).append(kBody).append(behind);
  return page + "</article></body></html>";
}

/// "headline / published / modified / authors / section / publisher / url": "-" for none.
std::string Fields(const std::vector<PageStory>& stories) {
  if (stories.size() != 1) return std::to_string(stories.size()) + " stories";
  const Article& article = stories[0].article;
  const auto date = [](const std::optional<DateTime>& value) {
    return value ? FormatDateTime(*value) : "-";
  };
  std::string authors;
  for (const std::string& name : article.author) authors += (authors.empty() ? "" : ", ") + name;
  return article.headline.value_or("-") + " / " + date(article.date_published) + " / " +
         date(article.date_modified) + " / " + (authors.empty() ? "-" : authors) + " / " +
         article.article_section.value_or("-") + " / " + article.publisher.value_or("-") + " / " +
         article.url.value_or("-");
}

/// The blocks that are the story's, a line each: "paragraph: The harbour …" cut at 40 bytes.
std::string Blocks(const PageStory& story) {
  std::string out;
  for (const Block& block : story.blocks) {
    const std::string_view text = block.span.of(story.text);
    out += std::string(BlockKindName(block.kind)) + ": " + std::string(text.substr(0, 40)) + "\n";
  }
  return out;
}

struct FieldCase {
  const char* name;
  const char* head;
  const char* before;
  const char* fields;
};
void PrintTo(const FieldCase& c, std::ostream* out) { *out << c.name; }

class FieldsOf : public testing::TestWithParam<FieldCase> {};

TEST_P(FieldsOf, AreTakenFromWhatThePageSays) {
  EXPECT_EQ(Fields(Read(Page(GetParam().head, GetParam().before))), GetParam().fields);
}

constexpr const char* kHeading = "<h1>Old ferry pier is rebuilt</h1>";

INSTANTIATE_TEST_SUITE_P(
    Html, FieldsOf,
    testing::Values(
        FieldCase{"JSON-LD",
                  R"(<script type="application/ld+json">{"@type":"NewsArticle",
"headline":"Old ferry pier is rebuilt","datePublished":"2024-05-14T09:30:00+02:00",
"dateModified":"2024-05-14T11:00:00+02:00","author":{"@type":"Person","name":"Ann Lee"},
"articleSection":"Local","publisher":{"name":"Portmere Herald"},"url":"https://herald.example/pier"}</script>)",
                  kHeading,
                  "Old ferry pier is rebuilt / 2024-05-14T09:30:00+02:00 / "
                  "2024-05-14T11:00:00+02:00 / Ann Lee / Local / Portmere Herald / "
                  "https://herald.example/pier"},
        FieldCase{"a graph with references",
                  R"(<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","name":"Portmere Herald"},
{"@type":"Person","@id":"#ann","name":"Ann Lee"},
{"@type":["NewsArticle","Article"],"headline":"Old ferry pier is rebuilt",
"datePublished":"2024-05-14","author":{"@id":"#ann"}}]}</script>)",
                  kHeading, "Old ferry pier is rebuilt / 2024-05-14 / - / Ann Lee / - / - / -"},
        FieldCase{"a list of scripts' values and several authors",
                  R"(<script type="application/ld+json">[{"@type":"BreadcrumbList"},
{"@type":"NewsArticle","headline":"Old ferry pier is rebuilt","datePublished":"2024-05-14",
"author":[{"name":"Ann Lee"},{"name":"Bo Ray"}]}]</script>)",
                  kHeading,
                  "Old ferry pier is rebuilt / 2024-05-14 / - / Ann Lee, Bo Ray / - / - / -"},
        FieldCase{"a broken script is mended",
                  "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\n"
                  "\"headline\":\"Old ferry pier\n is rebuilt\",\"datePublished\":\"2024-05-14\","
                  "\"author\":{\"name\":\"Ann Lee\",},}</script>",
                  kHeading, "Old ferry pier is rebuilt / 2024-05-14 / - / Ann Lee / - / - / -"},
        FieldCase{"a script cut off is read as far as it goes",
                  R"(<script type="application/ld+json">{"@type":"NewsArticle",
"datePublished":"2024-05-14","author":{"name":"Ann Lee"},"description":"The pi</script>)",
                  kHeading, "Old ferry pier is rebuilt / 2024-05-14 / - / Ann Lee / - / - / -"},
        FieldCase{"a script that is no JSON is passed over",
                  "<script type=\"application/ld+json\">not json</script>"
                  "<meta property=article:published_time content=2024-05-14>",
                  kHeading, "Old ferry pier is rebuilt / 2024-05-14 / - / - / - / - / -"},
        FieldCase{"OpenGraph and meta",
                  "<meta property=og:title content='Old ferry pier is rebuilt'>"
                  "<meta property=og:site_name content='Portmere Herald'>"
                  "<meta property=article:published_time content='2024-05-14T23:30:00-05:00'>"
                  "<meta property=article:section content=Local>"
                  "<meta name=author content='Ann Lee'>"
                  "<meta property=og:url content=https://herald.example/pier>",
                  kHeading,
                  "Old ferry pier is rebuilt / 2024-05-14T23:30:00-05:00 / - / Ann Lee / Local / "
                  "Portmere Herald / https://herald.example/pier"},
        FieldCase{"microdata", "",
                  "<div itemscope itemtype=https://schema.org/NewsArticle>"
                  "<h1 itemprop=headline>Old ferry pier is rebuilt</h1>"
                  "<span itemprop=author itemscope itemtype=https://schema.org/Person>"
                  "<span itemprop=name>Ann Lee</span></span>"
                  "<meta itemprop=datePublished content=2024-05-14></div>",
                  "Old ferry pier is rebuilt / 2024-05-14 / - / Ann Lee / - / - / -"},
        FieldCase{"a time element and a byline", "",
                  "<h1>Old ferry pier is rebuilt</h1><p class=byline>By Ann Lee and Bo Ray</p>"
                  "<time datetime=2024-05-14T09:30:00Z>14 May</time>",
                  "Old ferry pier is rebuilt / 2024-05-14T09:30:00Z / - / Ann Lee, Bo Ray / - / - "
                  "/ -"},
        FieldCase{"a printed date", "",
                  "<h1>Old ferry pier is rebuilt</h1><div class=date>Tuesday, May 14, 2024</div>",
                  "Old ferry pier is rebuilt / 2024-05-14 / - / - / - / - / -"},
        FieldCase{"the day in the address",
                  "<link rel=canonical href=https://herald.example/2024/05/14/pier>", kHeading,
                  "Old ferry pier is rebuilt / 2024-05-14 / - / - / - / - / "
                  "https://herald.example/2024/05/14/pier"},
        FieldCase{"JSON-LD wins over meta, and meta over what is printed",
                  R"(<script type="application/ld+json">{"@type":"NewsArticle",
"datePublished":"2024-05-14"}</script><meta name=author content="Ann Lee">
<meta property=article:published_time content=2023-01-01>)",
                  "<h1>Old ferry pier is rebuilt</h1><p class=byline>By Bo Ray</p>"
                  "<time datetime=2022-01-01>2022</time>",
                  "Old ferry pier is rebuilt / 2024-05-14 / - / Ann Lee / - / - / -"},
        FieldCase{"the heading that is shown wins where the title agrees with it",
                  "<title>Old ferry pier is rebuilt | Portmere Herald</title>", kHeading,
                  "Old ferry pier is rebuilt / - / - / - / - / - / -"},
        FieldCase{"the name of the site is cut from a title",
                  "<title>Old ferry pier is rebuilt - Portmere Herald</title>"
                  "<meta property=og:site_name content='Portmere Herald'>",
                  "", "Old ferry pier is rebuilt / - / - / - / - / Portmere Herald / -"}));

TEST(PageReader, LeavesOutWhatIsNotTheStory) {
  const auto stories = Read(
      "<html><body><nav><a href=/>Home</a> <a href=/local>Local</a></nav>"
      "<div class=cookie-banner><p>We use cookies to make this site better for everybody who "
      "reads it. Accept all cookies?</p></div><main><article>"
      "<h1>Old ferry pier is rebuilt</h1><div class=share-buttons>Share on Facebook</div>" +
      kBody +
      "<h2>What comes next</h2><p>The council is to publish the plans by the end of the month, "
      "and residents may send their remarks until July.</p>"
      "<ul><li>The pier is to be forty metres longer than it was before the storm, and wider.</li>"
      "<li>Two ferries will be able to moor at the same time, the council said.</li></ul>"
      "<div class=newsletter><p>Sign up for our newsletter to get the news every morning.</p></div>"
      "</article></main><section class=related-stories><h3>Read also</h3><ul><li><a href=/x>Storm "
      "damages a dozen boats in the marina</a></li></ul></section>"
      "<div id=comments><p>Great news, I have been waiting for this for so long. Well done to all "
      "of you!</p></div><footer>© 2024 Portmere Herald</footer></body></html>");
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_EQ(Blocks(stories[0]),
            "headline: Old ferry pier is rebuilt\n"
            "paragraph: The harbour council of Portmere voted on\n"
            "paragraph: \"We have waited for this day for two yea\n"
            "paragraph: The pier carried nearly a million passen\n"
            "subheading: What comes next\n"
            "paragraph: The council is to publish the plans by t\n"
            "listItem: The pier is to be forty metres longer th\n"
            "listItem: Two ferries will be able to moor at the \n");
}

TEST(PageReader, ReadsAParagraphWithoutTheTipsInIt) {
  const auto stories = Read(
      Page("",
           "<h1>Old ferry pier is rebuilt</h1><p>Council member <span class=rollover-person>Bo Ray"
           "<span class=rollover-block><a href=/1>Ray wants a bridge</a> <a href=/2>Ray on fees</a>"
           "</span></span> voted for the plan on Monday, he said in a letter.</p>"));
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_TRUE(stories[0].text.contains("member Bo Ray voted for the plan")) << stories[0].text;
}

TEST(PageReader, FindsNoStoryWhereThereIsNone) {
  EXPECT_TRUE(Read("").empty());
  EXPECT_TRUE(Read("<html><body></body></html>").empty());
  EXPECT_TRUE(Read("<html><body><h1>Page not found</h1><p>Go back.</p></body></html>").empty());
  std::string menu = "<html><body><ul>";
  for (int i = 0; i < 40; ++i) menu += "<li><a href=/s>Local news and sport</a></li>";
  EXPECT_TRUE(Read(menu + "</ul></body></html>").empty());
}

std::string Post(std::string_view headline, std::string_view day, std::string_view author,
                 std::string_view paragraphs) {
  std::string post = "<article class=post><h2><a href='https://blog.example/x'>";
  post.append(headline).append("</a></h2><p class=byline>By ").append(author);
  post.append("</p><time datetime=").append(day).append(">").append(day).append("</time>");
  return post.append(paragraphs).append("</article>");
}

const std::string& BridgePost() {
  static const std::string post = Post(
      "Bridges are too narrow", "2024-05-14", "Ann Lee",
      "<p>The bridges over the Vell were the talk of the town on Monday, when the council met for "
      "the first time since the summer, and several members spoke for wider ones.</p>"
      "<p>Two of them will be measured in the autumn, the chair said, and until then lorries have "
      "to take the long way round.</p>");
  return post;
}

const std::string& ParkingPost() {
  static const std::string post = Post(
      "Parking gets dearer", "2024-05-12", "Bo Ray",
      "<p>Parking near the market hall is to cost three crowns an hour from July, a third more "
      "than today, the town announced on Sunday.</p>"
      "<p>Shopkeepers are not amused: \"Our customers are going to stay away,\" said Ida Holm, who "
      "has sold fish in the hall for twenty years.</p>");
  return post;
}

TEST(PageReader, ReadsSeveralStoriesOnOnePageEachWithItsFields) {
  const auto stories = Read(
      "<html lang=en><head><title>Town notes</title><meta property=og:site_name content='Town "
      "notes'><meta property=og:type content=website></head><body><h1>Town notes</h1>" +
      BridgePost() + ParkingPost() + "</body></html>");
  ASSERT_EQ(stories.size(), 2U) << Blocks(stories.at(0));
  EXPECT_EQ(Fields({stories[0]}),
            "Bridges are too narrow / 2024-05-14 / - / Ann Lee / - / Town notes / -");
  EXPECT_EQ(Fields({stories[1]}),
            "Parking gets dearer / 2024-05-12 / - / Bo Ray / - / Town notes / -");
  EXPECT_TRUE(stories[1].text.contains("Shopkeepers are not amused"));
  EXPECT_FALSE(stories[1].text.contains("lorries"));
}

TEST(PageReader, ReadsALiveBlogAsOneStory) {
  const auto stories = Read(
      "<html lang=en><head><script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\","
      "\"headline\":\"Council night, live\"}</script></head><body><h1>Council night, live</h1>" +
      BridgePost() + ParkingPost() + "</body></html>");
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_EQ(stories[0].article.headline, "Council night, live");
  EXPECT_TRUE(stories[0].text.contains("Shopkeepers are not amused"));
}

TEST(PageReader, ReadsSectionsOfAPageAsOneStory) {
  std::string page = "<html lang=en><body><h1>How to rent a boat</h1>";
  for (const char* part : {"First the papers", "Then the boat"})
    page.append("<article><h2>").append(part).append("</h2>").append(kBody).append("</article>");
  EXPECT_EQ(Read(page + "</body></html>").size(), 1U);
}

struct CharsetCase {
  const char* name;
  std::string bytes;
  const char* header;
  const char* encoding;
};
void PrintTo(const CharsetCase& c, std::ostream* out) { *out << c.name; }

class CharsetOf : public testing::TestWithParam<CharsetCase> {};

TEST_P(CharsetOf, IsFoundAndTheTextIsRight) {
  const auto decoded = DecodePage(GetParam().bytes, GetParam().header);
  EXPECT_EQ(decoded.encoding, GetParam().encoding);
  const std::string_view text = decoded.as_given ? GetParam().bytes : decoded.text;
  EXPECT_TRUE(text.contains("Märkte öffnen")) << text;
}

std::string Utf16(std::string_view latin1) {
  std::string out = "\xFF\xFE";
  for (const char c : latin1) out.append(1, c).append(1, '\0');
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Html, CharsetOf,
    testing::Values(
        CharsetCase{"header",
                    "<html><p>M\xE4rkte \xF6"
                    "ffnen",
                    "iso-8859-1", "windows-1252"},
        CharsetCase{"mark", "\xEF\xBB\xBF<html><p>Märkte öffnen", "iso-8859-1", "utf-8"},
        CharsetCase{"UTF-16 mark",
                    Utf16("<html><p>M\xE4rkte \xF6"
                          "ffnen"),
                    "", "utf-16le"},
        CharsetCase{"meta",
                    "<html><meta charset=latin1><p>M\xE4rkte \xF6"
                    "ffnen",
                    "", "windows-1252"},
        CharsetCase{"http-equiv",
                    "<html><meta http-equiv=content-type content='text/html; charset=iso-8859-15'>"
                    "<p>M\xE4rkte \xF6"
                    "ffnen",
                    "", "iso-8859-15"},
        CharsetCase{"detection",
                    "<html><p>M\xE4rkte \xF6"
                    "ffnen wieder",
                    "", "windows-1252"},
        CharsetCase{"a wrong declaration", "<html><meta charset=latin1><p>Märkte öffnen", "",
                    "utf-8"}));

TEST(PageReader, EveryByteOfAStoryHasItsPlaceInThePage) {
  const std::string page = Page("");
  const auto stories = Read(page);
  ASSERT_EQ(stories.size(), 1U);
  for (const Block& block : stories[0].blocks) {
    const Span source = stories[0].alignment.ToSource(block.span);
    EXPECT_EQ(source.of(page), block.span.of(stories[0].text));
  }
}

TEST(PageReader, DatesComeBackAsTheyWereWritten) {
  for (const char* date : {"2024-05-14T09:30:00+02:00", "2024-05-14T09:30:00Z", "2024-05-14",
                           "2024-02-29T23:59:59-11:00"}) {
    const auto stories =
        Read(Page(std::string("<meta property=article:published_time content='") + date + "'>"));
    ASSERT_EQ(stories.size(), 1U);
    ASSERT_TRUE(stories[0].article.date_published) << date;
    EXPECT_EQ(FormatDateTime(*stories[0].article.date_published), date);
  }
}

TEST(PageReader, DeepNestingAndManyUnclosedElementsCostLinearTime) {
  const auto took = [](const std::string& page) {
    const auto begin = std::chrono::steady_clock::now();
    Read(page);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  for (const std::string_view open : {"<div>", "<b>", "<span class=tooltip>", "<table><tr><td>",
                                      "<article><h2>a b</h2>", "<ul><li>"}) {
    std::string page = "<html><body>";
    for (int i = 0; i < 100'000; ++i) page += open;
    EXPECT_LT(took(page + kBody), 20.0) << open;
  }
}

}  // namespace
}  // namespace dateline::html
