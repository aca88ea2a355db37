#include "text/language.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace dateline::text {
namespace {

struct Case {
  const char* language;  ///< "" for none
  const char* text;
};

TEST(DetectLanguage, TellsCommonLanguagesOfTheNews) {
  for (const Case& c : {
           Case{"en", "The ministers of both countries signed the agreement on Monday evening."},
           Case{"es", "Los ministros de ambos países firmaron el acuerdo el lunes por la noche."},
           Case{"fr", "Les ministres des deux pays ont signé l'accord lundi soir à la frontière."},
           Case{"de",
                "Die Minister beider Länder haben das Abkommen am Montagabend unterschrieben."},
           Case{"pt", "Os ministros dos dois países assinaram o acordo na segunda-feira à noite."},
           Case{"ru", "Министры обеих стран подписали соглашение в понедельник вечером."},
           Case{"ar", "وقع وزراء البلدين الاتفاق مساء يوم الاثنين في العاصمة."},
           Case{"tr", "Her iki ülkenin bakanları anlaşmayı pazartesi akşamı imzaladı."},
           Case{"sw", "Mawaziri wa nchi zote mbili walitia saini makubaliano hayo Jumatatu jioni."},
       }) {
    EXPECT_EQ(c.language, DetectLanguage(c.text).value_or("")) << c.text;
  }
}

TEST(DetectLanguage, IsAbsentForTextTooShortOrTooMixed) {
  for (const char* text : {"", "Oslo", "12:30 14/05 3.5", "OK!", "😀😀😀"}) {
    EXPECT_EQ("", DetectLanguage(text).value_or("")) << text;
  }
}

TEST(DetectLanguage, CutsLongTextBetweenCharacters) {
  const std::vector<std::string> words = {
      "министр", "подписал",  "соглашение",  "вечером", "страна",  "правительство", "заявил",
      "о",       "новых",     "переговорах", "столице", "граница", "президент",     "после",
      "встречи", "экономика", "рост",        "который", "было",    "сегодня",       "город"};
  std::mt19937 random(4);  // the detector disregards repetitions
  std::string text;
  while (text.size() < 3 * kLanguageBytes) text += words[random() % words.size()] + " ";
  EXPECT_EQ("ru", DetectLanguage(text));
  EXPECT_EQ("ru", DetectLanguage(" " + text));
}

TEST(DetectLanguage, FewForeignWordsDoNotMakeAnEnglishStoryForeign) {
  EXPECT_EQ("en", DetectLanguage("The party, Juntos por el Perú, said on Tuesday that it would not "
                                 "take part in the vote of confidence next week."));
}

}  // namespace
}  // namespace dateline::text
