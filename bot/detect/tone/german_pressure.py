# ruff: noqa: E501 - one shape a line
"""How German puts pressure, blames, flatters and pretends: shapes of phrases, by kind."""

from __future__ import annotations

#: RE2's `\b` and `\w` know ASCII letters only; in shapes and texts these are read as `_`, which is
#: one of them, so that a word may begin and end with any letter.
LETTERS = str.maketrans("äöüßÄÖÜ", "_______")

_N = (
    r"(?:\d{1,5}|ein(?:e[mnrs]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|wenige|einige|ein paar"
    r"|dutzende|hunderte|tausende|über \d+)"
)
_THINGS = r"(?:[\wäöüß-]+ ){0,4}?"
_OFFER = r"(?:angebot|aktion|sale|rabatt|preis|deal|gutschein|warenkorb|vorteil|gelegenheit)"
_WHO = r"(?:andere[nr]? )?(?:personen|leute|kund(?:en|innen)|andere|menschen|käufer|besucher|familien|interessenten)"
_SHORT_WHILE = (
    r"(?:den nächsten |die nächsten )?(?:wenigen? |\d+ ?)(?:minuten?|min|stunden?|std|sekunden?)"
)

PRESSURE = (
    r"\b(?:gleich|bald|fast) (?:ausverkauft|vergriffen|weg|vorbei)\b|\bwer (?:jetzt |heute |noch )?(?:nicht|zu lange|zögert|wartet)\b[^.!?]{0,40}\b(?:ärgert|verpasst|verliert|bereut|leer aus|pech)\b|\b(?:rasch|schnell) (?:entschlossen|entscheiden|handeln|reagieren)\b",
    r"\b(?:angebot|rabatt|preis|gutschein|vorteil)\w*\b[^.!?]{0,24}\b(?:verfällt|erlischt|verschwindet|ist (?:gleich|bald|fast) (?:vorbei|weg)|nur (?:jetzt|heute)|so nie wieder|nie wieder)\b|\bso (?:günstig|billig) (?:wird|bekommen|gibt)\b[^.!?]{0,20}\b(?:nie|nicht) (?:wieder|mehr)\b",
    r"^\W*(?:stark |streng )?(?:begrenzte[rs]?|limitierte[rs]?) (?:stückzahl|menge|auflage|verfügbarkeit|zeit|plätze|anzahl|edition|vorrat)\W*(?:verfügbar)?\W*$",
    r"^\W*(?:letzte[rs]?|endspurt|finale[rs]?)\b[^.]{0,30}$|^\W*(?:[\p{L}_]+ ){0,4}(?:endet|läuft ab|nur) (?:heute|bald|morgen|in\b.{0,24}|um mitternacht)\W*$",
    rf"^\W*(?:nur )?noch {_N}\b[^.]{{0,30}}$|\bweniger als {_N} {_THINGS}(?:verfügbar|übrig|auf lager|frei)\b|\bnoch \d+:\d\d\b|\bverbleibende zeit\b",
    r"\b(?:schon|bereits|über) [\d.]+ (?:mal |[\p{L}_]+ )?(?:verkauft|bestellt|gekauft|gebucht)\b|\b(?:hält|halten) nicht lange\b|\bnicht mehr lange\b(?: (?:da|verfügbar|gültig))|\bschnell weg\b|\bheiß begehrt\b",
    r"\bbestellen sie innerhalb (?:von |der nächsten )?\d+ (?:stunden?|minuten?|std|min)\b|\bverlieren sie (?:nicht )?(?:ihren (?:rabatt|platz|vorteil|anspruch)|alle (?:ihre )?vorteile)\b|\bich (?:verzichte|zahle lieber|will nicht sparen)\b",
    rf"\b(?:nur noch|nur|gerade mal|bloß noch|lediglich) {_N} {_THINGS}(?:da|frei|übrig|verfügbar|vorrätig|auf lager|stück|exemplare?|plätze?|paar|zimmer)\b",
    rf"\bnur noch (?:heute|kurze zeit|für kurze zeit|bis heute|wenige|{_SHORT_WHILE}|{_N} )",
    r"\bnur (?:für kurze zeit|heute)(?: \w+)?[:!]|\b(?:gilt|gelten|gültig)(?: \w+){0,2} nur (?:noch )?(?:heute|kurze|für kurze|jetzt)",
    r"\b(?:fast|beinahe|nahezu|so gut wie) (?:ausverkauft|vergriffen|weg|ausgebucht)\b|\bbald (?:vergriffen|ausverkauft|weg)\b|\bschnell (?:vergriffen|ausverkauft|weg)\b",
    r"\b(?:so)?lange? (?:der )?vorrat reicht\b|\bsolange (?:sie|du) noch (?:können|kannst)\b|\b(?:sehr|stark|besonders) (?:gefragt|begehrt)\b|^\W*hohe nachfrage\b",
    r"\b(?:letzte|allerletzte|einmalige|einzige) (?:chance|gelegenheit|möglichkeit|stunden|tage|stücke|exemplare|plätze)\b|\bletzter tag\b|\beines? der letzten\b",
    r"\bbeeil(?:en sie|e?t euch|e? dich)\b|\b(?:schnell|rasch|sofort|jetzt|gleich) (?:sein|zugreifen|zuschlagen|handeln|bestellen|buchen|sichern|kaufen|entscheiden)\b",
    r"\b(?:handeln|greifen|schlagen|bestellen|buchen|kaufen|entscheiden|sichern|reagieren|antworten|melden) sie (?:sich )?(?:jetzt|sofort|schnell|gleich|noch heute|heute noch|rasch|zu\b)",
    r"\b(?:bestell|buch|kauf|sicher|greif|schlag|hol)e?t? (?:dir |jetzt |schnell |noch heute |gleich )+(?:zu|jetzt|schnell)?\b|\bsichern sie sich\b[^.]{0,40}\b(?:jetzt|letzte|ihren|noch)\b|\b(?:und|oder) bestellen sie (?:heute|jetzt|noch)",
    r"\bbestellen sie schnell\b|\bjetzt oder nie\b|\bjetzt zuschlagen\b|\bbevor (?:es|sie|er|das|jemand)\b[^.]{0,30}\b(?:zu spät|weg|vergriffen|ausverkauft|schnappt|verschwindet)\b",
    r"\b(?:morgen|dann|sonst|später) (?:ist|wäre) es (?:vielleicht |womöglich )?zu spät\b|\bwer zu spät kommt\b|\bdie zeit (?:läuft|drängt|rennt)\b|\bdie uhr tickt\b",
    r"\b(?:lassen|lasst|lass) (?:sie |es |euch |dir |sich |das |diese[nrs]? |nicht |doch |\w+ ){1,5}entgehen\b|\bentgehen lassen\b|\bverpassen sie (?:nicht|diese|die|das|keine)\b",
    r"\b(?:nicht|nichts) verpassen\b|\b(?:gelegenheit|chance|angebot|vorteil)\b[^.]{0,20}\bverpass\w*|\bgeht leer aus\b|\b(?:nie|niemals|nicht) wieder\b[^.]{0,10}$",
    rf"\b\w*{_OFFER}s?\b[^.!?]{{0,20}}\b(?:endet|läuft|verfällt|erlischt|steigt|ist weg|verschwindet)\b[^.!?]{{0,20}}\b(?:in kürze|heute|bald|in \d+ (?:minuten?|stunden?)|in wenigen|gleich|mitternacht|ab)\b",
    r"\b(?:ist|sind) (?:der |das |die )?(?:preis|rabatt|angebot|vorteil)e? (?:dann )?(?:weg|verloren|vorbei)\b|\bpreis steigt\b",
    rf"\b(?:reserviert|gehalten|zurückgelegt|gesichert)\b[^.]{{0,20}}{_SHORT_WHILE}|{_SHORT_WHILE} (?:\w+ ){{0,3}}reserviert\b",
    r"\b(?:wenn sie|falls sie)? ?(?:in|innerhalb) (?:den|der) nächsten \d+ (?:minuten|stunden) (?:bestell|buch|kauf|zusag)\w*",
    r"\b(?:nicht|nie) (?:zu |so |allzu )?lange? (?:überlegen|zögern|warten)\b|\büberlegen sie nicht (?:zu )?lange?\b|\bwarten sie nicht\b|\bzögern sie nicht(?:,| länger| lange)",
    r"\bwenn sie (?:jetzt|heute|sofort) nicht\b|\bwenn sie nicht (?:jetzt|heute|sofort|noch heute)\b|\bsonst (?:verlieren|verfällt|verfallen|ist|entgeht)\b",
    rf"\b{_N} {_WHO}\b[^.!?]{{0,40}}\b(?:sehen|ansehen|angesehen|gekauft|bestellt|gebucht|interessieren|im warenkorb|schauen|kauften)\b",
    rf"\b(?:sehen|schauen|interessieren) sich (?:gerade |derzeit |im moment )?{_N} (?:{_WHO}|personen)\b|\bgerade (?:sehen|schauen) sich\b",
    rf"\b{_N} (?:andere|personen|kunden|leute)?[^.!?]{{0,30}}\b(?:in den letzten|heute schon|heute bereits)\b[^.!?]{{0,20}}\b(?:gekauft|bestellt|gebucht|angesehen)\b",
    r"\b(?:jemand|ein kunde|eine kundin|\w+) aus \w+ hat\b[^.!?]{0,40}\b(?:gerade|soeben|eben|vor \d+ minuten) (?:gekauft|bestellt|gebucht)\b",
    r"\b(?:alle|die meisten) (?:anderen|kunden|leute|familien)?\b[^.!?]{0,40}\b(?:haben|sind|hätten) (?:sich )?(?:schon|längst|bereits|auch schon)\b",
    r"^\W*nein,? (?:danke,? )?ich (?:zahle|möchte|will|verzichte|brauche|spare|bezahle|friere|mag)\b",
    r"\b(?:wir|ich) (?:wären?|würden?)\b[^.!?]{0,20}\b(?:traurig|enttäuscht|untröstlich|am boden zerstört)\b|\bnach allem,? was (?:wir|ich|unser)\b",
    r"\bwollen sie (?:wirklich|echt|tatsächlich) (?:auf|das|diese|gehen|verzichten|kündigen|alle)\b|\b(?:sie|du) (?:werden|wirst|werdet) (?:es|das) (?:noch )?bereuen\b",
    r"\b(?:es )?wäre (?:wirklich |doch |so |sehr |echt )*(?:schade|traurig|ein jammer)\b[^.!?]{0,10}\bwenn sie\b[^.!?]{0,60}\b(?:verpass|verzicht|geh|kündig|verlier|entgeh)\w*",
    r"\benttäuschen sie\b|\b(?:bitte )?gehen sie nicht\b|\bauf sie angewiesen\b|\bwir flehen\b|\bdas können sie (?:sich )?(?:uns )?(?:doch )?nicht\b",
    r"\bwarten sie nicht\b|\bsie wollen doch nicht\b|\bdenken sie (?:doch )?an ihre (?:kinder|familie)\b|\bein (?:kluger|schlauer|guter) (?:kunde|käufer|vater|mensch)\b[^.!?]{0,20}\bwürde\b",
)  # fmt: skip
HARMLESS = (
    r"\bwegen (?:der |des )?(?:sehr |derzeit |aktuell )?hohen? nachfrage\b",
    r"\bzögern sie nicht,? (?:uns|sich|zu fragen|mich)\b[^.]{0,40}",
    r"\bwie (?:sie|du) gefragt ha(?:ben|st)\b",
    r"\bdie meisten (?:bestellungen|pakete)\b",
    r"\b(?:probezeitraum|sitzung|link|code|termin)\b[^.]{0,20}\b(?:endet|läuft)\b[^.]{0,30}",
)

BLAME = (
    r"\b(?:sie|du) hätte(?:n|st)\b[^.!?]{0,40}\b(?:lesen|prüfen|beachten|sagen|wissen|fragen|melden|aufpassen|schauen|nachsehen|informieren)\b[^.!?]{0,10}\b(?:müssen|sollen|können)\b",
    r"\b(?:ihre?|deine?)(?:r|e|n|m)? (?:eigene[rsn]? )?(?:schuld|fehler|problem|nachlässigkeit|versäumnis)\b|\bselbst schuld\b|\bsie (?:haben|hatten)\b[^.!?]{0,30}\b(?:versäumt|ignoriert|missachtet|vergessen|falsch (?:gelesen|verstanden|bestellt|eingegeben)|nicht (?:gelesen|beachtet|aufgepasst|zugehört))\b",
    r"\bwie (?:ich|wir)(?: ihnen)? (?:bereits|schon|mehrfach|doch)\b[^.!?]{0,30}\b(?:gesagt|erklärt|geschrieben|erwähnt|mitgeteilt)\b|\bwie (?:bereits|schon) (?:mehrfach |mehrmals )?(?:gesagt|erwähnt|erklärt|mitgeteilt)\b",
    r"\b(?:das|es) ist nicht unser (?:problem|fehler|verschulden)\b|\bdafür können wir nichts\b|\b(?:beruhigen sie sich|jetzt mal langsam)\b|\bnächstes mal (?:lesen|achten|prüfen)\b|\bbedien(?:ungs)?fehler\b|\bwenn sie (?:nur |doch )?(?:richtig |genau )?(?:gelesen|zugehört|aufgepasst) hätten\b",
    r"\bsie (?:irren|täuschen) sich\b|\bwie oft (?:soll|muss|müssen)\b|\bsie können nicht erwarten\b",
)  # fmt: skip
DISPARAGEMENT = (
    r"\b(?:anders als|im gegensatz zu|nicht wie)\b[^.!?]{0,20}\b(?:andere[nr]?|unsere[nr]? mitbewerber\w*|die konkurrenz|der konkurrenz|wettbewerber\w*|billig\w*)\b",
    r"\b(?:die konkurrenz|mitbewerber|wettbewerber|andere (?:shops|händler|marken|anbieter|firmen))\b[^.!?]{0,50}\b(?:schlecht\w*|billig\w*|abzock\w*|lüg\w*|betrüg\w*|minderwertig\w*|überteuert\w*|schrott|pfusch\w*|unzuverlässig\w*|vertrauen)\b",
    r"\b(?:unfähig\w*|inkompetent\w*|faul\w*|dumm\w*|unverschämt\w*|lächerlich\w*)\b[^.!?]{0,30}\b(?:fahrer|zusteller|paketdienst|firma|kund\w+|leute|lieferant\w*|konkurrenz|mitarbeiter\w*)\b",
    r"\b(?:fahrer|zusteller|paketdienst|firma|kund\w+|leute|lieferant\w*|konkurrenz)\b (?:ist|sind|war|waren) (?:\w+ )?(?:unfähig|inkompetent|faul|dumm|unverschämt|lächerlich|ein witz)\b|\b(?:idioten?|betrüger|abzocker|stümper|deppen?)\b|\bbillige (?:kopie|nachahmung|imitat)\w*",
)  # fmt: skip
FEELING = (
    r"\b(?:ich|wir) (?:kann|können|weiß|wissen|verstehe|verstehen|fühle|fühlen)\b[^.!?]{0,30}\b(?:wie (?:sie sich|du dich|es ihnen|frustrier\w*|ärgerlich|enttäusch\w*|belastend|schlimm|schwer)|ihren? (?:frust|ärger|schmerz|enttäuschung))\b",
    r"\b(?:ich|wir) (?:bin|sind) (?:so |sehr |wirklich |total |zutiefst |ganz )*(?:begeistert|überglücklich|untröstlich|erschüttert|gerührt|außer uns|am boden zerstört|hocherfreut)\b",
    r"\b(?:bricht|erwärmt) (?:mir|uns) das herz\b|\bvon ganzem herzen\b|\bes schmerzt (?:mich|uns)\b|\b(?:mir|uns) (?:ist|ging) (?:es )?(?:das )?(?:auch|genauso) (?:schon )?(?:passiert|so)\b|\b(?:ich|wir) (?:habe|haben) das (?:auch|selbst) (?:schon )?erlebt\b",
    r"\b(?:ich|wir) lieben? (?:sie|euch|dich|unsere kunden|es,)\b|\bsie bedeuten (?:mir|uns) (?:alles|so viel|sehr viel)\b|\bals (?:mutter|vater|wanderer|mensch|kunde) (?:kann|weiß|verstehe) ich\b|\b(?:ich|wir) fühlen? mit (?:ihnen|dir|euch)\b",
)  # fmt: skip
SELLING = (
    r"\bwenn sie schon (?:mal |einmal )?(?:hier|da) sind\b|\bhaben sie (?:schon|auch)(?: mal| einmal)?\b[^.!?]{0,30}\b(?:neue\w*|gesehen|probiert|kollektion|premium\w*|überlegt)\b",
    r"\bwarum (?:nicht|gönnen|probieren)\b[^.!?]{0,40}\b(?:probieren|gönnen|upgrade\w*|auch|gleich|premium\w*)\b|\b(?:entdecken|schauen|stöbern|besuchen|probieren) sie (?:doch |auch |jetzt |sich )*(?:unsere?n?|die neue\w*|in unser\w*)\b[^.!?]{0,40}\b(?:neue\w*|kollektion|angebote?\w*|sortiment|shop|auswahl)\b",
    r"\bgönnen sie sich\b|\b(?:passend|perfekt) dazu\b|\b(?:das|es) (?:perfekte|ideale) (?:geschenk|ergänzung|begleiter)\b|\bfür nur \d+(?:[.,]\d+)? ?(?:€|euro)\b|\bmelden sie sich\b[^.!?]{0,20}\bnewsletter\b|\bmit (?:dem )?(?:code|gutschein) \w{3,}\b[^.!?]{0,20}\b(?:sparen|erhalten)\b",
    r"\bdas könnte ihnen auch gefallen\b|\bihnen (?:wird|würde|könnte) (?:auch )?unsere?\b|\bjetzt neu\b[:!]|\bexklusiv(?:es|e)? (?:angebot|rabatt)\w* (?:für sie|nur)\b|\bupgraden sie\b|\bwechseln sie (?:jetzt )?zu (?:unserem )?premium\w*",
)  # fmt: skip
SUPERLATIVE = (
    r"\b(?:die|der|das) (?:aller)?(?:beste[nrs]?|tollste[nrs]?|schönste[nrs]?|innovativste[nrs]?|beliebteste[nrs]?)\b[^.!?]{0,40}\b(?:der welt|auf dem markt|aller zeiten|weltweit|überhaupt|die es gibt|der branche)\b",
    r"\b(?:unschlagbar\w*|einzigartig\w*|weltklasse|revolutionär\w*|bahnbrechend\w*|unübertroffen\w*|konkurrenzlos\w*|phänomenal\w*|sensationell\w*|atemberaubend\w*|legendär\w*|traumhaft\w*|marktführend\w*|nummer (?:1|eins))\b",
    r"!{2,}|\b(?:absolut|einfach) (?:perfekt|genial|fantastisch|großartig|unglaublich)\b",
)  # fmt: skip
COURTESY = (
    r"\b(?:vielen |herzlichen )?dank\b|\bdanke\b|\bhallo\b|\bguten (?:tag|morgen|abend)\b|\bliebe[rn]?\b|\bsehr geehrte\b|\b(?:viele|liebe|beste|freundliche[nm]?|herzliche) gr(?:ü|ue)(?:ß|ss)en?\b|\bentschuldig\w+\b|\bleid\b|\bverständnis\b|\bgerne?\b[^.!?]{0,20}\b(?:für sie da|zur verfügung|helfen|weiter)\b"
    r"|\bwichtig\b[^.!?]{0,10}$|\bschönen (?:tag|abend)\b|\bmelden sie sich\b|\bzögern sie nicht\b|\bwir (?:schätzen|freuen uns)\b|\bgeduld\b|\bhoffen\b",
)  # fmt: skip
