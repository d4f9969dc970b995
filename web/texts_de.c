/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pages in German. */
#include "web/texts.h"

static const struct example examples[] = {
	{"Integrationskurs", "auch in „Integrationskurse“ und „Kurs zur Integration“"},
	{"\"frühkindliche Bildung\"", "diese Wörter nebeneinander, gebeugt oder nicht"},
	{"Wohnraum ODER Wohnungsbau", "das eine oder das andere"},
	{"Kita NICHT Schule", "das erste, aber nicht das zweite"},
	{"Bürger:innen", "jede Schreibweise: Bürgerinnen, BürgerInnen, Bürger"},
	{"§ 44a AufenthG", "eine Vorschrift, wie auch immer sie zitiert ist"},
	{NULL, NULL},
};

static const struct passage help[] = {
	{"Einfach suchen",
		"Geben Sie ein oder mehrere Wörter ein. Gefunden werden Dokumente, in denen "
		"alle diese Wörter stehen; das am besten passende steht oben.",
		NULL},
	{NULL,
		"Groß- und Kleinschreibung sind gleich, und jedes Wort wird in allen seinen Formen "
		"gefunden: „Förderung“ auch als „Förderungen“, „Haus“ auch als „Häuser“.",
		"Förderung Wohnraum"},
	{NULL,
		"Ein Wort wird auch als Teil eines zusammengesetzten Wortes gefunden: „Kurs“ in "
		"„Integrationskurse“.",
		"Kurs"},
	{NULL,
		"Ein zusammengesetztes Wort wird als Ganzes gefunden, und wo alle seine Teile nahe "
		"beieinander stehen. Auch „Aus- und Weiterbildung“ wird verstanden.",
		"Weiterbildung"},
	{NULL,
		"Bei Personenbezeichnungen gilt jede Schreibweise: „Migrant*innen“, "
		"„MigrantInnen“, "
		"„Migrantinnen und Migranten“.",
		"Migrant*innen"},
	{NULL,
		"Zahlen, Daten und Vorschriften werden in jeder Schreibweise gefunden: „42 %“ auch "
		"als "
		"„42 Prozent“, „3.10.2023“ auch als „3. Oktober 2023“.",
		"§ 16a Abs. 1 AufenthG"},
	{"Genauer suchen",
		"Wörter in Anführungszeichen müssen nebeneinander in dieser Reihenfolge "
		"stehen.",
		"\"unter einem Dach\""},
	{NULL, "ODER zwischen zwei Wörtern: eines von beiden genügt.", "Kita ODER Hort"},
	{NULL,
		"NICHT vor einem Wort: das Dokument darf es nicht enthalten. Ein Minus vor dem "
		"Wort "
		"bewirkt dasselbe.",
		"Integration NICHT Sprache"},
	{NULL, "Klammern fassen zusammen.", "Kita (Schule ODER Hort)"},
	{NULL, "Ein Gleichheitszeichen vor einem Wort: nur genau diese Form.", "=Teilnehmer"},
	{NULL,
		"NAHE zwischen zwei Wörtern: höchstens zehn Wörter voneinander; NAHE/3: höchstens "
		"drei.",
		"Kommune NAHE/5 Sprachkurs"},
	{NULL,
		"Ein Stern steht für beliebige Buchstaben: „integrations*“ findet Wörter, die so "
		"beginnen, „*kurs*“ solche, die das enthalten.",
		"integrations*"},
	{NULL,
		"jahr: und datum: grenzen ein, wann das Dokument erschien: jahr:2019..2023, "
		"jahr:>=2020.",
		"Integration jahr:2019..2023"},
	{NULL, "titel: vor einem Wort: es muss im Titel des Dokuments stehen.",
		"titel:Integration"},
	{NULL,
		"UND, ODER und NICHT gelten nur in Großbuchstaben; auf Englisch heißen sie AND, OR "
		"und "
		"NOT.",
		NULL},
	{"Ergebnisse verstehen",
		"Unter jedem Titel stehen die besten Fundstellen, die gefundenen "
		"Wörter sind hervorgehoben. Ein Hinweis wie „Wortteil“ sagt, warum eine "
		"Stelle gefunden wurde, wenn das Wort dort anders steht als eingegeben.",
		NULL},
	{NULL,
		"Der Titel führt zum Text des Dokuments mit allen Fundstellen. Die Seitenangabe "
		"führt "
		"genau zu dieser Stelle.",
		NULL},
	{NULL,
		"Neben oder unter der Liste lassen sich die Ergebnisse nach Jahr, Dateiart und "
		"herausgebender Stelle eingrenzen.",
		NULL},
	{NULL,
		"Über den Ergebnissen steht, wie viele Dateien durchsucht werden konnten. Dateien "
		"ohne "
		"Text, etwa eingescannte Bilder, und defekte Dateien sind gezählt: Was in ihnen "
		"steht, "
		"findet die Suche nicht.",
		NULL},
	{"Ergebnisse weiterverwenden",
		"Die Adresse einer Ergebnisseite enthält die ganze Suche und "
		"kann verschickt oder als Lesezeichen gespeichert werden. Die "
		"Ergebnisse gibt es auch als Tabelle (CSV), für "
		"Literaturverwaltungen (BibTeX) und für Programme (JSON).",
		NULL},
	{NULL, NULL, NULL},
};

static const struct passage accessibility[] = {
	{"Stand der Vereinbarkeit",
		"Diese Suche ist dafür gebaut, die Anforderungen der EN 301 549 und der "
		"Barrierefreie-Informationstechnik-Verordnung (BITV 2.0, WCAG 2.1 Stufe AA) zu "
		"erfüllen: Sie "
		"kommt ohne JavaScript aus, ist mit der Tastatur bedienbar, bis 400 % vergrößerbar "
		"und "
		"richtet sich nach den Einstellungen für helle und dunkle Darstellung, Kontrast "
		"und "
		"Schriftgröße.",
		NULL},
	{NULL,
		"Grundlage dieser Aussage sind automatische Prüfungen aller Seitenarten bei jeder "
		"Änderung des Programms. Eine Prüfung durch Nutzende von Hilfsmitteln ersetzen sie "
		"nicht.",
		NULL},
	{"Nicht barrierefreie Inhalte",
		"Die Dokumente, die hier gefunden werden, stammen von ihren herausgebenden Stellen "
		"und sind "
		"zum Teil nicht barrierefrei, etwa PDF-Dateien ohne Auszeichnung. Den Text jedes "
		"Dokuments "
		"zeigt diese Suche als einfache Seite; Bilder und Tabellenraster fehlen darin.",
		NULL},
	{NULL, "Eingescannte Dokumente ohne Text können weder durchsucht noch vorgelesen werden.",
		NULL},
	{NULL, NULL, NULL},
};

const struct language language_german = {
	.tag = "de",
	.thousands = ".",
	.months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
		"September", "Oktober", "November", "Dezember"},
	.examples = examples,
	.help = help,
	.accessibility = accessibility,
	.texts =
		{
			[T_SITE] = "Dokumentensuche",
			[T_SKIP] = "Zum Inhalt springen",
			[T_SEARCH_LABEL] = "Suchbegriffe",
			[T_SEARCH_BUTTON] = "Suchen",
			[T_MENU] = "Hauptmenü",
			[T_FOOT] = "Über diese Seite",
			[T_HOME] = "Startseite",
			[T_HELP] = "Hilfe zur Suche",
			[T_ACCESSIBILITY] = "Barrierefreiheit",
			[T_IMPRINT] = "Impressum",
			[T_PRIVACY] = "Datenschutz",
			[T_NEW_SEARCH] = "Neue Suche",
			[T_TITLE_AND_SITE] = "{1} – {2}",
			[T_START_TITLE] = "Was suchen Sie?",
			[T_START_LEAD] =
				"Durchsucht wird der Text aller Dokumente, in allen Wortformen und "
				"Schreibweisen.",
			[T_START_EXAMPLES] = "Beispiele",
			[T_START_MORE_HELP] = "Alle Möglichkeiten der Suche",
			[T_MORE_FIELDS] = "Zeitraum und Sortierung",
			[T_SINCE] = "Datum von",
			[T_UNTIL] = "Datum bis",
			[T_DATE_HINT] = "zum Beispiel 2019, 2019-05 oder 14.05.2019",
			[T_ORDER] = "Sortierung",
			[T_ORDER_RELEVANCE] = "beste zuerst",
			[T_ORDER_NEWEST] = "neueste zuerst",
			[T_ORDER_PATH] = "nach Ablageort",
			[T_RESULTS_FOR] = "Ergebnisse für „{1}“",
			[T_RESULTS] = "Ergebnisse",
			[T_FOUND_NONE] = "Kein Dokument gefunden.",
			[T_FOUND_ONE] = "1 Dokument gefunden.",
			[T_FOUND_MANY] = "{1} Dokumente gefunden.",
			[T_COLLAPSED] = "Gleiche Texte sind zusammengefasst zu {1} Ergebnissen.",
			[T_SHOWN_RANGE] = "Angezeigt: {1} bis {2}.",
			[T_ONLY_SOME_WORDS] = "Kein Dokument enthält alle Wörter.",
			[T_NOT_ALL_WORDS] = "Dokumente, in denen nicht alle Wörter stehen",
			[T_NONE_ADVICE] = "Was Sie versuchen können",
			[T_NONE_SPELLING] = "Prüfen Sie die Schreibweise.",
			[T_NONE_FEWER] = "Suchen Sie mit weniger oder allgemeineren Wörtern.",
			[T_NONE_FILTERS] = "Heben Sie die Eingrenzung auf.",
			[T_DID_YOU_MEAN] = "Meinten Sie:",
			[T_CORRECTED] = "Gesucht wurde stattdessen nach:",
			[T_NOTICE] = "Hinweis zu Ihrer Eingabe",
			[T_COMPLETE] = "Alle {1} Dateien durchsucht.",
			[T_INCOMPLETE] = "{1} von {2} Dateien durchsucht:",
			[T_NO_TEXT] = "{1} ohne Text",
			[T_FAILED] = "{1} nicht lesbar",
			[T_AS_OF] = "Stand: {1}.",
			[T_JUMP_TO_FILTERS] = "Ergebnisse eingrenzen",
			[T_PAGE] = "Seite {1}",
			[T_PAGE_AND_LABEL] = "Seite {1} (Blatt {2})",
			[T_LINE] = "Zeile {1}",
			[T_PAGES_ONE] = "1 Seite",
			[T_PAGES_MANY] = "{1} Seiten",
			[T_ALL_HITS_ONE] = "Die Fundstelle im Text",
			[T_ALL_HITS_MANY] = "Alle {1} Fundstellen im Text",
			[T_OPEN_DOCUMENT] = "Text lesen",
			[T_ORIGINAL] = "Original öffnen ({1})",
			[T_DUPLICATES_ONE] = "Liegt auch an einem weiteren Ort",
			[T_DUPLICATES_MANY] = "Liegt auch an {1} weiteren Orten",
			[T_VIA_INFLECTION] = "andere Wortform",
			[T_VIA_UMLAUT] = "Umlaut",
			[T_VIA_JOIN] = "Bindestrich",
			[T_VIA_GENDER] = "Genderform",
			[T_VIA_NORM] = "Vorschrift",
			[T_VIA_COMPOUND] = "Wortteil",
			[T_VIA_WILDCARD] = "Platzhalter",
			[T_VIA_SPELLING] = "ähnliche Schreibung",
			[T_FOUND_AS] = "gefunden als: ",
			[T_NARROW] = "Ergebnisse eingrenzen",
			[T_ACTIVE_FILTERS] = "Eingegrenzt auf",
			[T_REMOVE_FILTER] = "{1} aufheben",
			[T_REMOVE_ALL] = "Alle Eingrenzungen aufheben",
			[T_YEAR] = "Jahr",
			[T_TYPE] = "Dateiart",
			[T_BODY] = "Herausgegeben von",
			[T_SINCE_VALUE] = "ab {1}",
			[T_UNTIL_VALUE] = "bis {1}",
			[T_UNKNOWN] = "ohne Angabe",
			[T_DOCUMENTS] = "Dokumente",
			[T_DOCUMENTS_ONE] = "1 Dokument",
			[T_DOCUMENTS_MANY] = "{1} Dokumente",
			[T_CHART_TITLE] = "Dokumente nach Jahr",
			[T_CHART_ABOUT] =
				"Balkendiagramm von {1} bis {2}; die meisten, {3}, im Jahr {4}.",
			[T_CHART_TABLE] = "Alle Jahre als Tabelle",
			[T_DOWNLOAD] = "Ergebnisse herunterladen",
			[T_DOWNLOAD_HINT] = "die ersten {1} Dokumente",
			[T_PAGING] = "Weitere Ergebnisseiten",
			[T_PREVIOUS] = "Zurück",
			[T_NEXT] = "Weiter",
			[T_PAGE_NUMBER] = "Ergebnisseite {1}",
			[T_BACK_TO_RESULTS] = "Zurück zu den Ergebnissen",
			[T_DOCUMENT_HITS_NONE] =
				"In diesem Text wurde keine Fundstelle hervorgehoben.",
			[T_DOCUMENT_HITS_ONE] = "1 Fundstelle ist hervorgehoben.",
			[T_DOCUMENT_HITS_MANY] = "{1} Fundstellen sind hervorgehoben.",
			[T_JUMP] = "Fundstellen",
			[T_HITS_HERE] = "{1}-mal",
			[T_TEXT] = "Text des Dokuments",
			[T_PARTS] = "Weitere Teile des Textes",
			[T_PARTS_BELOW] = "Weitere Teile, am Ende",
			[T_PART_PREVIOUS] = "Vorheriger Teil",
			[T_PART_NEXT] = "Nächster Teil",
			[T_PART_NEXT_HIT] = "Nächste Fundstelle",
			[T_MORE_HITS] = "Weitere Fundstellen stehen darunter im Text.",
			[T_PATH] = "Ablageort",
			[T_ERROR_400] = "Diese Adresse ist nicht richtig",
			[T_ERROR_400_ADVICE] = "Etwas in der Adresse hat nicht die erwartete Form, "
					       "zum Beispiel ein "
					       "Datum. Beginnen Sie die Suche bitte neu.",
			[T_ERROR_QUERY] = "Diese Suchanfrage enthält kein Wort, nach dem gesucht "
					  "werden kann.",
			[T_ERROR_404] = "Das gibt es hier nicht",
			[T_ERROR_404_ADVICE] =
				"Die Seite oder das Dokument gibt es nicht oder nicht mehr. "
				"Vielleicht hilft eine neue Suche.",
			[T_ERROR_405] = "Das geht hier nicht",
			[T_ERROR_405_ADVICE] =
				"Diese Seiten lassen sich nur abrufen, nicht verändern.",
			[T_ERROR_413] = "Die Anfrage ist zu groß",
			[T_ERROR_413_ADVICE] = "Suchen Sie bitte mit weniger Wörtern.",
			[T_ERROR_429] = "Zu viele Anfragen in kurzer Zeit",
			[T_ERROR_429_ADVICE] = "Bitte warten Sie einen Augenblick und versuchen "
					       "Sie es dann erneut.",
			[T_ERROR_500] = "Es ist ein Fehler aufgetreten",
			[T_ERROR_500_ADVICE] =
				"Die Suche konnte nicht beantwortet werden. Bitte versuchen Sie es "
				"später erneut.",
			[T_ERROR_503] = "Im Augenblick ist zu viel los",
			[T_ERROR_503_ADVICE] = "Bitte versuchen Sie es in ein paar Sekunden "
					       "erneut. Eine Anfrage mit "
					       "weniger Wörtern wird schneller beantwortet.",
			[T_ERROR_INDEX] = "Die Suche steht gerade nicht zur Verfügung",
			[T_FEEDBACK] = "Barrieren melden",
			[T_FEEDBACK_TO] = "Wenn Sie auf eine Barriere stoßen oder den Inhalt eines "
					  "Dokuments in "
					  "zugänglicher Form brauchen, schreiben Sie bitte an:",
			[T_FEEDBACK_MISSING] = "Wenn Sie auf eine Barriere stoßen oder den Inhalt "
					       "eines Dokuments in "
					       "zugänglicher Form brauchen, wenden Sie sich bitte "
					       "an die Stelle, die "
					       "diese Suche betreibt.",
			[T_FEEDBACK_THEN] = "Erhalten Sie keine zufriedenstellende Antwort, können "
					    "Sie sich an die "
					    "Durchsetzungs- oder Schlichtungsstelle wenden, die "
					    "für diese Stelle "
					    "zuständig ist.",
			[T_CSV_HEAD] = "Rang;Titel;Datum;Stelle;Dateiart;Ablageort;Fundstellen;"
				       "Seite;Auszug",
		},
};
