/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page about queries, in German and English. Its examples are run over corpus/documents by
 * tests/cli/examples.bats, each with --strict-query, and must find something there;
 * doc/lupe-query.7 says the same at more length.
 */
#include "query/help_query.h"

/* clang-format off */
static const char german_page[] =
"Wörter stehen für alle ihre Formen, auch in Genderformen und in Zusammensetzungen.\n"
"Groß und klein ist gleich, ß ist ss; Umlaute zählen.\n"
"\n"
"  Kita Sprachkurs               beide Wörter, irgendwo im Dokument\n"
"  Kita UND Sprachkurs           dasselbe (AND)\n"
"  Kita ODER Tagespflege         mindestens eines (OR)\n"
"  Integration NICHT Lindenau    nicht das zweite (NOT, oder -Lindenau)\n"
"  Rat (Kita ODER Schule)        Klammern\n"
"  \"unter einem Dach\"            Wortfolge in allen Formen; auch „…“ und »…«\n"
"  =Kurs                         nur diese Form\n"
"  =\"Der Rat beschließt\"         nur diese Folge\n"
"  Kurs NAHE/5 Kita              höchstens 5 Wörter auseinander, gleich in welcher Folge (NEAR);\n"
"                                ohne Zahl 10; zwischen Wörtern, Wortfolgen und (a ODER b)\n"
"  Einbürgerung*                 alle Wörter mit diesem Anfang, in allen Formen\n"
"  *beratung*                    alle, die es enthalten\n"
"  *kurse                        alle mit diesem Ende, nur so geschrieben\n"
"  S?rache                       ? ist ein Buchstabe\n"
"  =Haus*                        nur so geschrieben: ohne Häuser\n"
"  Mitarbeiter*innen             das Sternchen einer Genderform ist kein Platzhalter\n"
"  § 44a AufenthG                Fundstellen, Zahlen und Daten in jeder Schreibweise\n"
"\n"
"Felder stehen ohne Leerzeichen vor ihrem Wert, auch vor \"…\" und (…):\n"
"\n"
"  titel:Integrationsplan        im Titel (title:)\n"
"  titel:\"Fragen und Antworten\"  Wortfolge im Titel\n"
"  autor:Willkommensbehörde      Verfasserin, Verfasser oder herausgebende Stelle (author:)\n"
"  typ:md Kurs                   Art der Datei (type:): txt, md, html, pdf, docx, odt, epub\n"
"  pfad:rat Kita                 Muster für Ordner und Dateinamen (path:)\n"
"  jahr:2019 Kita                Jahr (year:)\n"
"  jahr:2015..2018 Wohnung       von bis; auch jahr:2015.. und jahr:>=2015\n"
"  datum:2019-04 Kita            Tag oder Monat (date:): 2019-04-02, 2.4.2019, 2019-04..2020\n"
"  norm:\"§ 44a AufenthG\"         nur als Fundstelle\n"
"\n"
"sprache:de (language:) findet Dateien, die ihre Sprache nennen.\n"
"NICHT bindet vor dem Nebeneinander, NAHE vor NICHT, das Nebeneinander und UND vor ODER.\n"
"Operatoren sind groß geschrieben und stehen zwischen Leerzeichen. Was sich nicht lesen lässt,\n"
"wird mit einem Hinweis als Wort gesucht; mit --strict-query ist es ein Fehler.\n"
"Mit -E ist jede Anfrage ein regulärer Ausdruck über den Text, Zeile für Zeile.\n";

static const char english_page[] =
"A word stands for all its forms, in gender forms and within compounds too.\n"
"Case does not matter, ß is ss; umlauts count.\n"
"\n"
"  Kita Sprachkurs               both words, anywhere in the document\n"
"  Kita AND Sprachkurs           the same (UND)\n"
"  Kita OR Tagespflege           at least one of them (ODER)\n"
"  Integration NOT Lindenau      not the second one (NICHT, or -Lindenau)\n"
"  Rat (Kita OR Schule)          parentheses\n"
"  \"unter einem Dach\"            words in this order, in all forms; „…“ and »…« do too\n"
"  =Kurs                         only this form\n"
"  =\"Der Rat beschließt\"         only this sequence\n"
"  Kurs NEAR/5 Kita              at most 5 words apart, in any order (NAHE); 10 without a number;\n"
"                                between words, phrases and (a OR b)\n"
"  Einbürgerung*                 all words that begin so, in all forms\n"
"  *beratung*                    all that contain it\n"
"  *kurse                        all that end so, only as written\n"
"  S?rache                       ? is one letter\n"
"  =Haus*                        only as written: without Häuser\n"
"  Mitarbeiter*innen             the star of a gender form is no wildcard\n"
"  § 44a AufenthG                citations, numbers and dates in any spelling\n"
"\n"
"Fields stand right before their value, before \"…\" and (…) too:\n"
"\n"
"  title:Integrationsplan        in the title (titel:)\n"
"  title:\"Fragen und Antworten\"  a phrase in the title\n"
"  author:Willkommensbehörde     author or publishing body (autor:)\n"
"  type:md Kurs                  kind of file (typ:): txt, md, html, pdf, docx, odt, epub\n"
"  path:rat Kita                 glob for folders and file names (pfad:)\n"
"  year:2019 Kita                year (jahr:)\n"
"  year:2015..2018 Wohnung       from to; year:2015.. and year:>=2015 too\n"
"  date:2019-04 Kita             day or month (datum:): 2019-04-02, 2.4.2019, 2019-04..2020\n"
"  norm:\"§ 44a AufenthG\"         only as a citation\n"
"\n"
"language:de (sprache:) finds files that name their language.\n"
"NOT binds before words side by side, NEAR before NOT, these and AND before OR.\n"
"Operators are in capitals, between blanks. What cannot be read is searched as a word, with a\n"
"notice; with --strict-query it is an error.\n"
"With -E each query is a regular expression over the text, line by line.\n";
/* clang-format on */

void help_query_print(FILE *out, bool german)
{
	fputs(german ? german_page : english_page, out);
}
