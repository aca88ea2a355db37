#include "serve/http.h"

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "serve/guard.h"
#include "serve/gzip.h"
#include "serve/metrics.h"
#include "serve/page.h"

namespace dateline::serve {
namespace {

std::string Printed(const Answered<Target>& target) {
  if (!target) return "refused";
  std::string out;
  for (const std::string& segment : target->segments) out += "/" + segment;
  for (const auto& [name, value] : target->query) out += " " + name + "=" + value;
  return out;
}

struct TargetCase {
  const char* text;
  const char* printed;
};
void PrintTo(const TargetCase& each, std::ostream* out) { *out << each.text; }
class TargetTest : public testing::TestWithParam<TargetCase> {};

TEST_P(TargetTest, IsTakenApart) {
  EXPECT_EQ(Printed(ParseTarget(GetParam().text)), GetParam().printed);
}

INSTANTIATE_TEST_SUITE_P(
    Targets, TargetTest,
    testing::Values(TargetCase{"/", ""}, TargetCase{"/api/v1/x", "/api/v1/x"},
                    TargetCase{"/a//b/", "/a/b"}, TargetCase{"/a?b=c&d=e", "/a b=c d=e"},
                    TargetCase{"/a?b", "/a b="}, TargetCase{"/a?b=c=d", "/a b=c=d"},
                    TargetCase{"/a?b=1+2%2B3", "/a b=1 2+3"}, TargetCase{"/a+b", "/a+b"},
                    TargetCase{"/%41%c3%a9", "/Aé"}, TargetCase{"/a?&&b=c", "/a b=c"},
                    TargetCase{"/a#b?c", "/a"}, TargetCase{"", "refused"},
                    TargetCase{"a", "refused"}, TargetCase{"http://x/", "refused"},
                    TargetCase{"/%4", "refused"}, TargetCase{"/%zz", "refused"},
                    TargetCase{"/%00", "refused"}, TargetCase{"/a?b=%00", "refused"},
                    TargetCase{"/..", "refused"}, TargetCase{"/a/../b", "refused"},
                    TargetCase{"/%2e%2e/x", "refused"}, TargetCase{"/a%2fb", "refused"},
                    TargetCase{"/a%5Cb", "refused"}, TargetCase{"/%c0%ae", "refused"},
                    TargetCase{"/a?b=%ff", "refused"}));

TEST(ParametersTest, WhatNobodyAskedForIsNamed) {
  Parameters given({{"limit", "5"}, {"colour", "red"}});
  EXPECT_EQ(given.Number("limit", 1, 9), 5U);
  ASSERT_TRUE(given.Mistake());
  EXPECT_EQ(given.Mistake()->parameter, "colour");
}

TEST(ParametersTest, TheFirstMistakeIsKept) {
  Parameters given({{"a", "x"}, {"b", "maybe"}, {"c", "2031-02-30"}, {"d", "red"}});
  EXPECT_EQ(given.Number("a", 1, 9), std::nullopt);
  EXPECT_FALSE(given.Flag("b"));
  EXPECT_EQ(given.Day("c"), std::nullopt);
  EXPECT_EQ(given.Choice("d", {"blue", "green"}), 0U);
  EXPECT_EQ(given.Mistake()->detail, "a: 'x' is not a whole number from 1 to 9");
}

TEST(ParametersTest, AShareIsFromNoughtToOne) {
  for (const char* share : {"0", "0.5", "1", "1e-3", ".25"}) {
    Parameters given({std::pair("sure", std::string(share))});
    EXPECT_TRUE(given.Share("sure")) << share;
    EXPECT_FALSE(given.Mistake()) << share;
  }
  for (const char* other : {"half", "-0.1", "1.01", "50%", "nan", "inf", "0.5 ", "0,5", "+1"}) {
    Parameters given({std::pair("sure", std::string(other))});
    EXPECT_FALSE(given.Share("sure")) << other;
    ASSERT_TRUE(given.Mistake()) << other;
    EXPECT_EQ(given.Mistake()->parameter, "sure");
  }
  Parameters none({});
  EXPECT_FALSE(none.Share("sure"));
}

TEST(ParametersTest, TwiceIsAMistake) {
  Parameters given({{"a", "1"}, {"a", "2"}});
  given.Text("a");
  EXPECT_EQ(given.Mistake()->detail, "a: is given twice");
}

TEST(TagTest, AListNamesItsTags) {
  EXPECT_TRUE(NamesTag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(NamesTag("*", "\"b\""));
  EXPECT_FALSE(NamesTag("\"a\"", "\"b\""));
  EXPECT_FALSE(NamesTag("", "\"b\""));
}

TEST(GzipTest, IsTakenOnlyByWhoSaysSo) {
  EXPECT_TRUE(TakesGzip("gzip"));
  EXPECT_TRUE(TakesGzip("br, gzip;q=0.5"));
  EXPECT_FALSE(TakesGzip("gzip;q=0"));
  EXPECT_FALSE(TakesGzip("br"));
  EXPECT_FALSE(TakesGzip(""));
}

TEST(GzipTest, PiecesGiveOneStream) {
  GzipStream stream;
  std::string out = stream.Add("");
  std::string all;
  for (int i = 0; i < 1000; ++i) {
    const std::string piece = "line " + std::to_string(i * 7919) + "\n";
    all += piece;
    out += stream.Add(piece);
  }
  out += stream.Finish();
  EXPECT_LT(out.size(), all.size());
  EXPECT_EQ(out.substr(0, 2), "\x1f\x8b");
}

Request From(const char* host) {
  return {.method = "GET", .target = "/api/v1/events", .headers = {{"host", host}}};
}

TEST(GuardTest, AnotherHostIsMisdirected) {
  const GuardOptions options{.hosts = {"127.0.0.1:80"}};
  EXPECT_FALSE(Guard(From("127.0.0.1:80"), options, true));
  EXPECT_EQ(Guard(From("evil.example"), options, true)->status, 421);
  EXPECT_EQ(Guard(From(""), options, false)->status, 421);
}

TEST(GuardTest, AnotherOriginIsRefusedForThePageToo) {
  const GuardOptions options{.hosts = {"a:80"}};
  Request request = From("a:80");
  request.headers["origin"] = "http://a:80";
  EXPECT_FALSE(Guard(request, options, true));
  request.headers["origin"] = "http://b:80";
  EXPECT_EQ(Guard(request, options, true)->status, 403);
  EXPECT_EQ(Guard(request, options, false)->status, 403);
  request.headers["origin"] = "null";
  EXPECT_EQ(Guard(request, options, true)->status, 403);
}

TEST(GuardTest, TheWholeTokenIsWanted) {
  const GuardOptions options{.hosts = {"a"}, .token = "secret-secret-secret"};
  Request request = From("a");
  EXPECT_EQ(Guard(request, options, true)->status, 401);
  EXPECT_FALSE(Guard(request, options, false));
  for (const char* wrong :
       {"", "Bearer", "Bearer secret", "Bearer secret-secret-secretsecret-secret-secret"}) {
    request.headers["authorization"] = wrong;
    EXPECT_EQ(Guard(request, options, true)->status, 401) << wrong;
  }
  request.headers["authorization"] = "Bearer secret-secret-secret";
  EXPECT_FALSE(Guard(request, options, true));
}

TEST(GuardTest, ReadingOnlyLetsTextsBeRead) {
  const GuardOptions options{.hosts = {"a"}, .read_only = true};
  Request request = From("a");
  request.method = "POST";
  request.target = "/api/v1/stories?x=/api/v1/read";
  EXPECT_EQ(Guard(request, options, true)->status, 403);
  request.target = "/api/v1/read?plain=true";
  EXPECT_FALSE(Guard(request, options, true));
}

std::vector<Asset> SmallPage() {
  return {{"/index.html", "text/html", "<!doctype html>"},
          {"/assets/app-3f9c2a1b.js", "text/javascript", "run()"},
          {"openapi.json", "application/json", "{}"}};
}

TEST(PageTest, FilesWithAHashAreKeptForever) {
  const Page page(SmallPage());
  const Response file = page.Answer({.method = "GET", .target = "/assets/app-3f9c2a1b.js"});
  EXPECT_EQ(file.body, "run()");
  EXPECT_EQ(file.Header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(page.Answer({.method = "GET", .target = "/"}).Header("Cache-Control"), "no-cache");
}

TEST(PageTest, AHashIsTold) {
  EXPECT_TRUE(HasHash("/assets/index-aVHlw-EV.js"));
  EXPECT_TRUE(HasHash("/assets/style-BPqfQxBc.css"));
  EXPECT_FALSE(HasHash("/assets/world.json"));
  EXPECT_FALSE(HasHash("/assets/a-b.json"));
  EXPECT_FALSE(HasHash("/favicon.ico"));
}

TEST(PageTest, RoutesOfThePageGiveThePageAndFilesThatAreNotThereDoNot) {
  const Page page(SmallPage());
  EXPECT_EQ(page.Answer({.method = "GET", .target = "/story/12?at=v2"}).body, "<!doctype html>");
  EXPECT_EQ(page.Answer({.method = "GET", .target = "/nothing.js"}).status, 404);
  EXPECT_EQ(page.Answer({.method = "GET", .target = "/openapi.json"}).status, 404);
  EXPECT_EQ(page.Answer({.method = "POST", .target = "/"}).status, 405);
  EXPECT_EQ(page.Answer({.method = "GET", .target = "/../x"}).status, 400);
}

TEST(PageTest, ItIsSentOnce) {
  const Page page(SmallPage());
  const Response first = page.Answer({.method = "GET", .target = "/"});
  const Response again =
      page.Answer({.method = "GET",
                   .target = "/",
                   .headers = {{"if-none-match", std::string(first.Header("ETag"))}}});
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
}

TEST(PageTest, WithoutAPageItIsSaidWhatIsMissing) {
  const Response answer = Page({}).Answer({.method = "GET", .target = "/"});
  EXPECT_EQ(answer.status, 404);
  EXPECT_NE(answer.body.find("web/dist"), std::string::npos);
}

TEST(MetricsTest, BucketsHoldAllThatIsFaster) {
  Metrics metrics;
  metrics.Note("search", 200, 0.002, 10);
  metrics.Note("search", 200, 0.2, 5);
  const std::string text = metrics.Text({});
  for (const char* line : {"dateline_http_requests_total{operation=\"search\",status=\"200\"} 2",
                           "seconds_bucket{operation=\"search\",le=\"0.001\"} 0",
                           "seconds_bucket{operation=\"search\",le=\"0.005\"} 1",
                           "seconds_bucket{operation=\"search\",le=\"0.25\"} 2",
                           "seconds_bucket{operation=\"search\",le=\"+Inf\"} 2",
                           "response_bytes_total{operation=\"search\"} 15"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace dateline::serve
