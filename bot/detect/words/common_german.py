"""German: function words, everyday words, and the words of shops and help desks. Folded: ß is ss,
umlauts lose their dots."""

from __future__ import annotations

ENDINGS = (
    ("e", ""), ("n", ""), ("en", ""), ("en", "e"), ("er", ""), ("es", ""), ("em", ""), ("s", ""),
    ("t", ""), ("t", "en"), ("te", ""), ("te", "en"), ("ten", ""), ("ten", "en"), ("st", ""),
    ("ung", ""), ("ung", "en"), ("ungen", ""), ("ungen", "en"), ("ere", ""), ("eren", ""),
    ("ste", ""), ("sten", ""), ("innen", ""), ("in", ""), ("ern", ""), ("se", ""),
)  # fmt: skip

_WORDS = """
ab abend aber abgeben abgeholt abgelaufen abgelehnt abholen abholung ablauf ablehnen abo
abschicken abschliessen absenden absender abteilung abwickeln abzug acht aendern ahnlich aktion
aktiv aktuell alle allein aller allerdings alles allgemein als also alt am amt an anbei anbieten
anbieter andere anders anderung anfang anfangen anfrage angabe angeben angebot angebote
angegeben angehen angenehm angst anhang ankommen ankunft anlass anlegen anleitung anliegen
anmelden anmeldung annahme annehmen anpassen anprobieren anruf anrufen anschauen anschliessend
anschrift ansehen ansicht ansonsten ansprechen anspruch anstatt antrag antwort antworten
anwenden anzahl anzeige anzeigen april arbeit arbeiten arbeitstag arger arm art artikel arzt
auch auf aufbewahren auffallen aufgabe aufgeben aufgrund aufheben aufkleber aufpassen auftrag
auge augenblick august aus ausdruck ausdrucken ausfullen ausgabe ausgang ausgeben ausgeschlossen
auskunft ausland ausnahme auspacken ausprobieren ausreichend aussage aussehen aussen ausser
ausserdem ausserhalb aussuchen ausverkauft auswahl ausweis auszahlen auto automatisch bach bad
bahn bald band bank bar basis bau bauer baum bearbeiten bearbeitung bedanken bedarf bedauern
bedeuten bedienung bedingung beenden befinden begeistern beginn beginnen begleiten begrunden
behalten behandeln bei beide bein beispiel beitrag bekannt bekommen beleg beliebt bemerken
benachrichtigen benotigen benutzen beratung berechnen berechtigt bereich bereit bereits berg
bericht beruf beschadigt bescheid beschreiben beschreibung beschwerde besitz besonders
besprechen besser best bestatigen bestatigung bestehen bestellen bestellnummer bestellt
bestellung bestimmt besuch besuchen betrag betreff betreffen betreten betrieb bett beutel bevor
bewertung bezahlen beziehen bezug bieten bild billig bin binden bis bisher bisschen bist bitte
bitten blatt blau bleiben blick boden bogen boot bot brand brauchen braun breit brief brille
bringen bruch bruder buch buchen bund buro bus büro chance charge chef code da dabei dadurch
dafur dagegen daheim daher dahin damals damit danach daneben dank dankbar danke danken dann
daran darauf daraus darf darin daruber darum darunter das dass datei daten datum dauer dauern
davon davor dazu deckel dein dem den denen denken denn der deren des desto deswegen deutlich
deutsch deutschland dezember dich dick die dienst dienstag dies diese direkt doch dokument
donnerstag doppelt dort draussen drei dringend drinnen dritte druck drucken du dunkel dunn durch
durchaus durchfuhren durfen eben ebene ebenfalls ebenso echt ecke egal ehe eher eigen eigentlich
eil ein einbauen eindeutig eindruck einer einfach eingabe eingang eingeben eingehen eingetroffen
einige einkauf einkaufen einladen einlosen einmal einreichen eins einsatz einschicken
einschreiben einsenden einstellen eintreffen einverstanden einzahlen einzeln einziehen eltern
empfang empfanger empfehlen ende endlich eng englisch entfernen entgegen enthalten entscheiden
entschuldigen entschuldigung entsorgen entsprechen entspricht entstehen entweder entwickeln er
erde ereignis erfahren erfahrung erfolg erfolgen erforderlich ergebnis erhalten erhaltlich
erheben erinnern erkennen erklaren erlauben erledigen ermassigung ernst eroffnen erreichen
ersatz ersatzteil erscheinen ersetzen erst erstatten erstattung erstellen erwarten erweitern
erzahlen es essen etwa etwas euer euro europa fach faden fahig fahren fahrer fahrrad fall fallen
falls falsch familie farbe fast februar fehlen fehler feier feiertag fein feld fenster fern
fertig fest feststellen feuer filiale film finden finger firma fisch flach flasche fleck flecken
fliegen flug folge folgen folgend form formular foto frage fragen frau frei freitag fremd freude
freuen freund freundin freundlich frisch frist froh fruh fruhling fuhlen fuhren fullen fund funf
funktion funktionieren fur fuss futter gab gabe ganz gar garantie garten gas gast gebaude geben
gebiet gebrauch gebraucht gebuhr geburt geburtstag gedanke geduld geeignet gefahr gefallen
gefuhl gegen gegend gegenstand gegenuber geheim gehen gehoren geht gekauft geld gelten geltung
gemeinsam gemutlich genau genauso genehmigen genug gepack gerade gerat gerecht geringer gern
gerne gesamt geschaft geschehen geschenk geschichte geschutzt gesellschaft gesetz gesetzlich
gesicht gesprach gestalten gestern gesund getragen getrennt gewahr gewahrleistung gewicht gewinn
gewiss gewohnlich gezahlt gibt gilt glas glatt glauben gleich gleichzeitig gluck glucklich gold
grad gramm grenze griff gross grosse grossenberatung grossentabelle grun grund gruss grusse
gultig gunstig gurtel gut gute guter guthaben gutschein gutschrift haar haben habt haken halb
halfte hallo hals halt halten hand handel handler handschuh handy hang hangen hart hast hat
hatte hatten hauptsache haus hause haut heben heft heim heiss heissen helfen hell hemd her
heraus herbst herein herr herren hersteller herunter herz herzlich heute hier hilfe hilfreich
himmel hin hinaus hinten hinter hinterher hinweis hoch hochachtungsvoll hoffen hoffnung hohe
holen holz horen hose hotel hotline hund hundert hut ich ihm ihn ihnen ihr ihre ihrem ihren
ihrer im immer in indem info information inhalt inklusive innen innerhalb insgesamt interesse
international inzwischen irgend irgendwie irrtum ist ja jacke jahr januar je jede jeder jedoch
jemand jene jetzt jeweils juli jung junge juni kaffee kalt kann kannst kante karte karton kasse
kauf kaufen kaufer kaum kein keine keller kennen kette kilo kind kinder kissen kiste klar klasse
kleben kleid kleidung klein klingen knapp knopf koch kocher koffer kollege kollegin kommen kommt
komplett kondition konnen konnte kontakt kontaktieren konto kontrolle kopf korb korper korrekt
kosten kostenfrei kostenlos kraft krank kreis kreuz kuche kugel kuhl kunde kunden kundenkonto
kundennummer kundenservice kundin kunftig kurz kurzlich lachen laden lager lampe land lang lange
langer langsam lassen last laufen laut leben leder leer legen leicht leid leider leihen leise
leisten leistung leiten lesen letzte leute licht lieb liebe lieber lieferadresse lieferant
liefern lieferung lieferzeit liegen liegt links liste liter lohnen los losen losung luft lust
machen mag mahnung mai mal man manche manchmal mangel mann mantel marke markt marz maschine mass
material matratze maximal mehr mehrere mehrwert mein meine meinen meinung meist meistens melden
meldung menge mensch merken messer meter mich miete milch minder mindern mindest mindestens
minute mir mit mitarbeiter mitarbeiterin miteinander mitglied mitkommen mitnehmen mitte
mitteilen mitteilung mittel mittwoch mochte mochten mode modell mogen moglich moglichkeit
moglichst moment monat montag morgen muhe mund muss musse mussen muster mutter mutze nach
nachbar nachdem nachfrage nachfragen nachher nachmittag nachricht nachsehen nachste nachsten
nacht nachweis nackt nadel nah nahe nahen nahme naht name namen namlich nass natur naturlich
neben nebenbei nehmen nein nennen nett netz neu neue neuen neun nicht nichts nie niedrig niemals
niemand nimmt nirgends noch nord normal normalerweise not notig notiz november null nummer nun
nur nutzen nutzer ob oben ober oder offen offentlich offnen offnungszeit oft ohne oktober ol
online ordnung original ort osterreich osterreichisch paar packen packung paket papier park
partner passen passend passieren passiert pause person personlich pfand pflege pfund plan planen
platz plotzlich porto position post praktisch prasent preis preise prima privat pro probe
problem produkt produkte prozent prufen prufung punkt punktlich putzen qualitat quittung rabatt
rad rahmen rand rasch rat raten raum rechnen rechnung rechnungsnummer recht rechts reden regal
regel regeln regelung regen reich reichen reihe rein reise reissen reissverschluss reklamation
reklamieren rest retoure retouren retournieren richten richtig richtung riemen ring rock rolle
rot rucken ruckerstattung ruckgabe ruckmeldung rucknahme rucksack rucksende rucksendung rufen
ruhe ruhig rund sache sack sagen saison salz sammeln samstag sand satz sauber schachtel schade
schaden schadhaft schaffen schalter scharf schatten schauen scheck schein schenken schicken
schiff schild schirm schlaf schlafen schlafsack schlag schlagen schlecht schliessen schlimm
schloss schluss schlussel schmal schmerz schmutz schnee schneiden schneider schnell schnitt
schnur schon schrank schrauben schreiben schrift schriftlich schritt schuh schuhe schuld schule
schutz schwach schwarz schweiz schweizer schwer schwester schwierig sechs see sehen sehr seife
seil sein seine seit seite selbst selbstverstandlich selten senden sendung sendungsnummer
sendungsverfolgung september service setzen sich sicher sicherheit sie sieben sieht silber sind
sitz sitzen so sobald socken sofern sofort sogar sohle sohn solange solch solche soll sollen
sollte sommer sonder sondern sonne sonntag sonst sorge sorgen sorgfaltig soweit sowie sowohl
spass spat spater speichern spende sperren spezial spiel spielen sport sprache sprechen stadt
stand standard standort stark starten statt stattfinden status stehen steht stelle stellen
steuer stiefel stift still stimme stimmen stock stoff storen stornieren stornierung storno
strasse strecke streng strom stuck stucke studieren stuhl stunde suchen sud summe super susse
system tabelle tag tage taglich tal tasche tatsachlich tausch tauschen tausend technik tee teil
teilen teilnahme teilweise telefon telefonisch telefonnummer temperatur termin test teuer text
tief tier tisch toll top topf tor tot tracking tragen trager trauen traum treffen trennen treppe
treten trinken trocken trocknen trotz trotzdem tun tur tut typ u ub ube uber uberall ubergabe
uberhaupt uberlegen ubermorgen ubernehmen uberprufen uberraschen ubersicht uberweisen
uberweisung ublich ubrig ubrigens uhr um umgehen umgehend umschlag umsonst umstand umtausch
umtauschen umwelt unbedingt unbenutzt und unfrei ungefahr ungetragen ungultig unklar uns unser
unsere unseren unserer unten unter unterlage unternehmen unterschied unterschrift unterstutzen
unterstutzung unterwegs unzufrieden urlaub vater verandern verandert verantwortlich verbessern
verbinden verboten verbraucher verdienen vereinbaren verfahren verfolgen verfugbar verfugung
vergangen vergeben vergessen vergleich vergleichen verhalten verkauf verkaufen verkaufer verkehr
verlangen verlangern verlassen verlieren verloren verlust vermeiden verpacken verpackung
verpassen verpflichten verrechnen versand versandkosten verschicken verschieden verschliessen
versenden versendet versichern versicherung verspatet verspatung versprechen verstandlich
verstandnis verstehen versuch versuchen vertrag vertrauen verwalten verwenden verzeihen
verzichten verzogern verzogerung viel viele vielen vielleicht vier vogel voll vollig vollstandig
vom von vor voraus voraussetzung voraussichtlich vorbei vorbeikommen vorbereiten vorgang
vorgehen vorhanden vorher vorlegen vorliegen vormittag vorn vorname vorrat vorschlag vorsicht
vorstellen vorteil wagen wahl wahlen wahr wahrend wahrscheinlich wald wand wander wandern
wanderschuhe wanderstiefel wann war waren warm warme warnen warten warum was waschen wasser
wasserdicht web webseite wechsel wechseln weder weg wegen weich weihnachten weil wein weise
weiss weit weiter weitere weiterhelfen weiterhin weiterleiten welche welcher welt wem wen wenden
wenig weniger wenigstens wenn wer werben werden werk werkstatt werktag werktage wert wetter
wichtig widerruf widerrufen widerrufsrecht wie wieder wiederholen wiedersehen wiegen wieso wild
willkommen wind winter wir wird wirken wirklich wirst wissen wo woche wochen wochenende woher
wohin wohl wohnen wohnung wolf wolle wollen wollte womit wort worte wozu wunsch wunschen wurde
wurden wurst wutend zahl zahlen zahlung zahlungsart zahn zehn zeichen zeigen zeit zeitpunkt
zeitraum zelt zelte zentrale zettel ziehen ziel ziemlich zimmer zoll zone zu zucker zuerst
zufall zufrieden zug zugang zugeschickt zuletzt zum zunachst zur zuruck zuruckgeben zurucknehmen
zuruckschicken zurucksenden zusage zusagen zusammen zusatz zusatzlich zuschicken zuschlag
zusehen zusenden zustand zustandig zustellen zustellung zustimmen zutreffen zuverlassig zwanzig
zwar zwei zweite zwischen zwolf
"""
COMMON = frozenset(_WORDS.split())
