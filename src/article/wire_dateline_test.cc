#include "article/wire_dateline.h"

#include <gtest/gtest.h>

#include <string>

#include "article/testing.h"

namespace dateline::article {
namespace {

/// "dateline | place | agencies | rest"; "none" when there is no dateline.
std::string Read(const std::string& paragraph) {
  const auto found = ParseDateline(paragraph, TheCues());
  if (!found) return "none";
  std::string out = std::string(found->text) + " | " + std::string(found->place) + " | ";
  for (std::size_t i = 0; i < found->agencies.size(); ++i)
    out += (i > 0 ? "+" : "") + std::string(found->agencies[i]);
  return out + " | " + paragraph.substr(found->body, 9);
}

struct Case {
  const char* paragraph;
  const char* expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.paragraph; }

class Datelines : public testing::TestWithParam<Case> {};

TEST_P(Datelines, AreTakenApart) { EXPECT_EQ(Read(GetParam().paragraph), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    WireDateline, Datelines,
    testing::Values(
        Case{"KELL (AP) — The ferry sank.", "KELL (AP) | KELL | AP | The ferry"},
        Case{"KELL, Norway (AP) _ The ferry sank.",
             "KELL, Norway (AP) | KELL, Norway | AP | The ferry"},
        Case{"ST. JOHN'S, Newfoundland (AP) — The ferry sank.",
             "ST. JOHN'S, Newfoundland (AP) | ST. JOHN'S, Newfoundland | AP | The ferry"},
        Case{"FORT PIERCE, Fla. (AP) — The ferry sank.",
             "FORT PIERCE, Fla. (AP) | FORT PIERCE, Fla. | AP | The ferry"},
        Case{"OSLO/KELL, June 3 (Reuters) - The ferry sank.",
             "OSLO/KELL, June 3 (Reuters) | OSLO/KELL | Reuters | The ferry"},
        Case{"RIO DE JANEIRO, June 3 (Reuters) - The ferry sank.",
             "RIO DE JANEIRO, June 3 (Reuters) | RIO DE JANEIRO | Reuters | The ferry"},
        Case{"ABOARD THE KELL STAR, June 3 (Reuters) - The ferry sank.",
             "ABOARD THE KELL STAR, June 3 (Reuters) | ABOARD THE KELL STAR | Reuters | The ferry"},
        Case{"(Reuters) - The ferry sank.", "(Reuters) |  | Reuters | The ferry"},
        Case{"June 3 (Reuters) - The ferry sank.", "June 3 (Reuters) |  | Reuters | The ferry"},
        Case{"Paris, June 3, 2021 (AFP) - The ferry sank.",
             "Paris, June 3, 2021 (AFP) | Paris | AFP | The ferry"},
        Case{"Kell (Norway) (AFP) – The ferry sank.",
             "Kell (Norway) (AFP) | Kell (Norway) | AFP | The ferry"},
        Case{"Kell (AFP/AP) – The ferry sank.", "Kell (AFP/AP) | Kell | AFP+AP | The ferry"},
        Case{"XI'AN, Sept. 14 (Xinhua) -- The ferry sank.",
             "XI'AN, Sept. 14 (Xinhua) | XI'AN | Xinhua | The ferry"},
        Case{"MOSCOW, April 16. /TASS/. The ferry sank.",
             "MOSCOW, April 16. /TASS/. | MOSCOW | TASS | The ferry"},
        Case{"MOSCOW, April 16 /TASS/. The ferry sank.",
             "MOSCOW, April 16 /TASS/. | MOSCOW | TASS | The ferry"},
        Case{"MOSCOW. April 16 (Interfax) - The ferry sank.",
             "MOSCOW. April 16 (Interfax) | MOSCOW | Interfax | The ferry"},
        Case{"MOSCOW, 16 April - RIA Novosti. The ferry sank.",
             "MOSCOW, 16 April - RIA Novosti. | MOSCOW | RIA Novosti | The ferry"},
        Case{"ST. PETERSBURG, April 16 (Itar-Tass) - The ferry sank.",
             "ST. PETERSBURG, April 16 (Itar-Tass) | ST. PETERSBURG | Itar-Tass | The ferry"},
        Case{"Rostock (dpa) - The ferry sank.", "Rostock (dpa) | Rostock | dpa | The ferry"},
        Case{"Rostock/Kell (dpa) - The ferry sank.",
             "Rostock/Kell (dpa) | Rostock/Kell | dpa | The ferry"},
        Case{"Lima, 3 jun (EFE).- The ferry sank.", "Lima, 3 jun (EFE). | Lima | EFE | The ferry"},
        Case{"(ANSA) - ROME, JUN 3 - The ferry sank.",
             "(ANSA) - ROME, JUN 3 | ROME | ANSA | The ferry"},
        Case{"TOKYO, June 3, Kyodo - The ferry sank.",
             "TOKYO, June 3, Kyodo | TOKYO | Kyodo | The ferry"},
        Case{"SEOUL, June 3 (Yonhap) -- The ferry sank.",
             "SEOUL, June 3 (Yonhap) | SEOUL | Yonhap | The ferry"},
        Case{"New Delhi, June 3 (PTI) The ferry sank.",
             "New Delhi, June 3 (PTI) | New Delhi | PTI | The ferry"},
        Case{"New Delhi [India], June 3 (ANI): The ferry sank.",
             "New Delhi [India], June 3 (ANI) | New Delhi [India] | ANI | The ferry"},
        Case{"Damascus, SANA-The ferry sank.", "Damascus, SANA | Damascus | SANA | The ferry"},
        Case{"Tehran, June 3, IRNA – The ferry sank.",
             "Tehran, June 3, IRNA | Tehran | IRNA | The ferry"},
        Case{"TEHRAN, Jun. 03 (MNA) – The ferry sank.",
             "TEHRAN, Jun. 03 (MNA) | TEHRAN | MNA | The ferry"},
        Case{"SYDNEY, June 3 AAP - The ferry sank.",
             "SYDNEY, June 3 AAP | SYDNEY | AAP | The ferry"},
        Case{"NEW YORK, June 3, 2021 /PRNewswire/ -- Acme Corp. today said.",
             "NEW YORK, June 3, 2021 /PRNewswire/ | NEW YORK | PRNewswire | Acme Corp"},
        Case{"NEW YORK--(BUSINESS WIRE)--Acme Corp. today said.",
             "NEW YORK--(BUSINESS WIRE) | NEW YORK | BUSINESS WIRE | Acme Corp"},
        Case{"KELL, Norway--(BUSINESS WIRE)--June 3, 2005--Acme Corp. today said.",
             "KELL, Norway--(BUSINESS WIRE)--June 3, 2005 | KELL, Norway | BUSINESS WIRE | Acme "
             "Corp"},
        Case{"KELL, Norway — The ferry sank off the cape.",
             "KELL, Norway | KELL, Norway |  | The ferry"},
        Case{"KELL — The ferry sank off the cape.", "KELL | KELL |  | The ferry"},
        Case{"KELL: The ferry sank off the cape.", "KELL | KELL |  | The ferry"},
        Case{"New Delhi: The ferry sank off the cape.", "New Delhi | New Delhi |  | The ferry"},
        Case{"Kell, June 3, 2021 – The ferry sank off the cape.",
             "Kell, June 3, 2021 | Kell |  | The ferry"},
        Case{"JAKARTA, KOMPAS.com - The ferry sank off the cape.",
             "JAKARTA, KOMPAS.com | JAKARTA | KOMPAS.com | The ferry"},
        Case{"KYIV (Ukrinform) – The ferry sank.",
             "KYIV (Ukrinform) | KYIV | Ukrinform | The ferry"},
        Case{"WASHINGTON (Tribune News Service) — The ferry sank.",
             "WASHINGTON (Tribune News Service) | WASHINGTON | Tribune News Service | The ferry"},
        Case{"NAIROBI, Kenya, June 3 (UPI) -- The ferry sank.",
             "NAIROBI, Kenya, June 3 (UPI) | NAIROBI, Kenya | UPI | The ferry"},
        Case{"GAZA, 3 June 2021 (WAFA) - The ferry sank.",
             "GAZA, 3 June 2021 (WAFA) | GAZA | WAFA | The ferry"},
        Case{"LONDON (UK) - The ferry sank off the cape.",
             "LONDON (UK) | LONDON (UK) |  | The ferry"},
        Case{"GENEVA, 3 June 2021 (WHO) – The ferry sank off the cape.",
             "GENEVA, 3 June 2021 (WHO) | GENEVA | WHO | The ferry"},
        Case{"Sao Paulo, Jun 3 (EFE).- The ferry sank.",
             "Sao Paulo, Jun 3 (EFE). | Sao Paulo | EFE | The ferry"},
        Case{"Brussels (Brussels Morning Newspaper) The ferry sank off the cape.",
             "Brussels (Brussels Morning Newspaper) | Brussels | Brussels Morning Newspaper | The "
             "ferry"},
        // No datelines
        Case{"The ferry sank off the cape - nobody knows why.", "none"},
        Case{"On June 3 — the day of the storm — the ferry sank.", "none"},
        Case{"In June 2019 - before the storm - the ferry sank.", "none"},
        Case{"Tom Bray — the captain's mate — said that the ferry sank.", "none"},
        Case{"Norway (pop. 5 million) has many ferries.", "none"},
        Case{"AP — which has many bureaus — reported it first.", "none"},
        Case{"NATO (the alliance) - said nothing of it.", "none"},
        Case{"HOST: Good evening.", "none"},
        Case{"Ferry: the last boat sank off the cape yesterday.", "none"},
        Case{"\"KELL (AP) — no\", he said.", "none"},
        Case{"Mayor Pat Quill (Greens) said that the ferry sank.", "none"},
        Case{"Kell, Norway, is a town with two ferries and a piano.", "none"}, Case{"", "none"},
        Case{"KELL", "none"}, Case{"—", "none"}, Case{"(", "none"}));

}  // namespace
}  // namespace dateline::article
