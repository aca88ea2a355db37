#include "syntax/lemmas.h"

#include <gtest/gtest.h>

#include <ostream>

namespace dateline::syntax {
namespace {

const Lemmas& Shared() {
  static const Lemmas lemmas = [] {
    const auto tables =
        tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    if (!tables) throw std::runtime_error(tables.error().Text());
    auto loaded = Lemmas::Load(*tables);
    if (!loaded) throw std::runtime_error(loaded.error().Text());
    return *loaded;
  }();
  return lemmas;
}

struct Case {
  const char* form;
  const char* lemma;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.form << " is a form of " << c.lemma; }

class VerbForms : public testing::TestWithParam<Case> {};
TEST_P(VerbForms, HaveTheirLemma) {
  EXPECT_EQ(Shared().VerbLemma(GetParam().form), GetParam().lemma);
}

INSTANTIATE_TEST_SUITE_P(
    Lemmas, VerbForms,
    testing::Values(Case{"met", "meet"}, Case{"said", "say"}, Case{"accused", "accuse"},
                    Case{"hailed", "hail"}, Case{"visits", "visit"}, Case{"visiting", "visit"},
                    Case{"denied", "deny"}, Case{"agreed", "agree"}, Case{"stopped", "stop"},
                    Case{"planning", "plan"}, Case{"hoped", "hope"}, Case{"urges", "urge"},
                    Case{"reached", "reach"}, Case{"reaches", "reach"}, Case{"carries", "carry"},
                    Case{"killed", "kill"}, Case{"Welcomed", "welcome"}, Case{"seizing", "seize"},
                    Case{"pledged", "pledge"}, Case{"sent", "send"}, Case{"pressed", "press"},
                    Case{"continued", "continue"}, Case{"was", "be"}, Case{"dying", "die"},
                    Case{"mulling", "mull"}, Case{"vetoes", "veto"}, Case{"blockaded", "blockade"},
                    Case{"shelled", "shell"}));

class NounForms : public testing::TestWithParam<Case> {};
TEST_P(NounForms, HaveTheirLemma) {
  EXPECT_EQ(Shared().NounLemma(GetParam().form), GetParam().lemma);
}

INSTANTIATE_TEST_SUITE_P(Lemmas, NounForms,
                         testing::Values(Case{"countries", "country"}, Case{"talks", "talk"},
                                         Case{"men", "man"}, Case{"crises", "crisis"},
                                         Case{"embassies", "embassy"}, Case{"buses", "bus"},
                                         Case{"churches", "church"}, Case{"news", "news"},
                                         Case{"virus", "virus"}));

}  // namespace
}  // namespace dateline::syntax
