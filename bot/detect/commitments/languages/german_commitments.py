"""German."""

from decimal import Decimal

from bot.detect.commitments.languages.language_tables import (
    CommitmentLanguage,
    period_table,
    promise_table,
    table_in_order,
    word_table,
)
from bot.model import Comparator

_UNITS = table_in_order(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
_TENS = table_in_order("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")


def _spell_below_hundred(n: int) -> str:
    if n < 20:
        return _UNITS[n]
    tens, ones = divmod(n, 10)
    return (f"{_UNITS[ones]}und" if ones else "") + _TENS[tens - 2]


def _spell_below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    head = f"{_UNITS[hundreds]}hundert" if hundreds else ""
    return head + (_spell_below_hundred(rest) if rest or not head else "")


def _spell_numbers() -> dict[str, int]:
    """German writes a number as one word: all of them up to 999, and round thousands."""
    spelt = {_spell_below_thousand(n): n for n in range(1000) if n != 1}
    spelt |= {"eins": 1, "hundert": 100, "tausend": 1000, "zwo": 2, "dutzend": 12}
    spelt |= {f"{_spell_below_thousand(n)}tausend": 1000 * n for n in range(1, 1000)}
    return spelt | {w.replace("ß", "ss"): n for w, n in spelt.items() if "ß" in w}


def _adjective_forms(stem: str, *endings: str) -> tuple[str, ...]:
    return tuple(stem + ending for ending in endings)


_IG = ("ig", "ige", "iger", "iges", "igen", "igem")
_WE = word_table(
    "wir ich werden werde wird können kann könnt darf dürfen dürft lässt lassen sie euch du"
)
_BE = word_table("wird werden bekommen erhalten")

LANGUAGE = CommitmentLanguage(
    code="de",
    decimal=",",
    numbers=_spell_numbers(),
    multipliers={
        "hundert": Decimal(100),
        "tausend": Decimal(1000),
        "tsd": Decimal(1000),
        "million": Decimal(10**6),
        "millionen": Decimal(10**6),
        "mio": Decimal(10**6),
        "milliarde": Decimal(10**9),
        "milliarden": Decimal(10**9),
        "mrd": Decimal(10**9),
        "billion": Decimal(10**12),
        "billionen": Decimal(10**12),
    },
    fractions={
        "halb": Decimal("0.5"),
        "halbe": Decimal("0.5"),
        "halben": Decimal("0.5"),
        "halber": Decimal("0.5"),
        "halbes": Decimal("0.5"),
        "viertel": Decimal("0.25"),
        "anderthalb": Decimal("1.5"),
        "eineinhalb": Decimal("1.5"),
        "zweieinhalb": Decimal("2.5"),
        "dreieinhalb": Decimal("3.5"),
        "viereinhalb": Decimal("4.5"),
    },
    joiners=frozenset({"und"}),
    articles=word_table("ein eine einen einem einer eines"),
    paired={"paar": 2},
    ranges=frozenset({"bis", "-", "oder", "und"}),
    between=frozenset({"zwischen"}),
    minus=frozenset({"minus"}),
    clock=frozenset({"uhr"}),
    labels=frozenset({"nr", "nummer", "#", "größe", "version", "modell", "bestellung"}),
    periods=period_table("second", "sekunde", "sekunden", "sek")
    | period_table("minute", "minute", "minuten", "min", *_adjective_forms("minüt", *_IG))
    | period_table("hour", "stunde", "stunden", "std", "h", *_adjective_forms("stünd", *_IG))
    | period_table(
        "day", *_adjective_forms("tag", "", "e", "en", "es", "s"), *_adjective_forms("täg", *_IG)
    )
    | period_table("day", *_adjective_forms("kalendertag", "", "e", "en", "es"))
    | period_table(
        "business day",
        *(
            form
            for stem in ("werktag", "arbeitstag", "geschäftstag", "bankarbeitstag", "banktag")
            for form in _adjective_forms(stem, "", "e", "en", "es", "s")
        ),
    )
    | period_table(
        "week",
        "woche",
        "wochen",
        *_adjective_forms("wöch", *_IG),
        *_adjective_forms("wöchent", "lich"),
    )
    | period_table(
        "month",
        *_adjective_forms("monat", "", "e", "en", "es", "s"),
        *_adjective_forms("monat", *_IG),
    )
    | period_table(
        "year", *_adjective_forms("jahr", "", "e", "en", "es", "s"), *_adjective_forms("jähr", *_IG)
    )
    | period_table("year", "jahrzehnt", "jahrzehnte", "jahrzehnten", factor="10"),
    business=frozenset({"geschäftliche", "werktägliche"}),
    fillers=word_table(
        "der die das den dem des von ein eine einen einem einer nur die nächsten letzten ersten "
        "ganze ganzen volle vollen"
    ),
    wholes=word_table(
        "pro je jede jeder jedes jeden ganze ganzen ganzer ganzes weitere weiteren weiterer "
        "weiteres volle vollen voller volles"
    ),
    vague=frozenset({"mehrere", "mehreren", "einige", "einigen", "wenige", "wenigen"}),
    percents=frozenset(
        {"%", "prozent", "proz", "prozente", "prozenten", "prozentig", "prozentige"}
    ),
    halves={
        "halber preis": ("50", "off"),
        "halben preis": ("50", "off"),
        "hälfte des preises": ("50", ""),
        "hälfte": ("50", ""),
    },
    free={
        "kostenlos": "",
        "kostenlose": "",
        "kostenlosen": "",
        "kostenloser": "",
        "kostenloses": "",
        "kostenlosem": "",
        "kostenfrei": "",
        "kostenfreie": "",
        "kostenfreien": "",
        "kostenfreier": "",
        "gratis": "",
        "umsonst": "",
        "gebührenfrei": "fee",
        "ohne aufpreis": "extra",
        "ohne gebühr": "fee",
        "ohne gebühren": "fee",
        "ohne kosten": "",
        "ohne zusätzliche kosten": "extra",
        "keine gebühr": "fee",
        "keine gebühren": "fee",
        "keine kosten": "",
        "kostet nichts": "",
        "zahlen nichts": "",
        "zahlt nichts": "",
        "kosten nichts": "",
        "versandkostenfrei": "shipping",
        "versandkostenfreie": "shipping",
        "frei haus": "shipping",
    },
    money={
        "euros": "EUR",
        "dollars": "USD",
        "us - dollar": "USD",
        "us dollar": "USD",
        "pfund sterling": "GBP",
        "britische pfund": "GBP",
        "schweizer franken": "CHF",
        "stutz": "CHF",
    },
    cents={
        "cent": ("0.01", "EUR"),
        "cents": ("0.01", "EUR"),
        "ct": ("0.01", "EUR"),
        "¢": ("0.01", "USD"),
        "rappen": ("0.01", "CHF"),
        "pence": ("0.01", "GBP"),
        "pfennig": ("0.01", "DEM"),
        "groschen": ("0.01", "PLN"),
        "kopeken": ("0.01", "RUB"),
        "öre": ("0.01", "SEK"),
        "øre": ("0.01", "NOK"),
    },
    not_money=word_table(
        "all top mark real sum sol gold silber platin ddr fomento volksbank ecuador herzegowina "
        "rechnungseinheit rechnungseinheiten som std mur rand gel mal mad pen cup bam ern lew "
        "lire inti sonderziehungsrechte colon dinaren rum ron"
    ),
    modifiers=word_table(
        "kostenlose kostenlosen kostenloses weitere weiteren zusätzliche zusätzlichen extra neue "
        "neuen verschiedene verschiedenen freie freien"
    ),
    not_counted=word_table(
        "und oder von in im an am auf zu zum zur ist sind war waren sein hat haben der die das "
        "den dem des ein eine einen einem einer dieser diese dieses für mit bei aus nach seit "
        "wenn dann als aber so nicht kein keine wir sie ihr ich du er es uns euch ihnen ihre "
        "ihren unser unsere uhr kann können wird werden soll sollte welche wer was wo wie da hier "
        "auch nur schon noch bis ab pro je jede mal plus minus - bitte danke sehr zurück"
    ),
    before={
        "bis zu": Comparator.AT_MOST,
        "bis": Comparator.AT_MOST,
        "höchstens": Comparator.AT_MOST,
        "maximal": Comparator.AT_MOST,
        "max": Comparator.AT_MOST,
        "spätestens": Comparator.AT_MOST,
        "spätestens nach": Comparator.AT_MOST,
        "nicht mehr als": Comparator.AT_MOST,
        "innerhalb": Comparator.AT_MOST,
        "innerhalb von": Comparator.AT_MOST,
        "innert": Comparator.AT_MOST,
        "binnen": Comparator.AT_MOST,
        "weniger als": Comparator.AT_MOST,
        "unter": Comparator.AT_MOST,
        "mindestens": Comparator.AT_LEAST,
        "wenigstens": Comparator.AT_LEAST,
        "min": Comparator.AT_LEAST,
        "nicht weniger als": Comparator.AT_LEAST,
        "mehr als": Comparator.AT_LEAST,
        "über": Comparator.AT_LEAST,
        "ab": Comparator.AT_LEAST,
        "etwa": Comparator.ABOUT,
        "ca": Comparator.ABOUT,
        "circa": Comparator.ABOUT,
        "zirka": Comparator.ABOUT,
        "rund": Comparator.ABOUT,
        "ungefähr": Comparator.ABOUT,
        "knapp": Comparator.ABOUT,
        "gut": Comparator.ABOUT,
        "~": Comparator.ABOUT,
        "genau": Comparator.EXACTLY,
    },
    after={
        "oder mehr": Comparator.AT_LEAST,
        "oder länger": Comparator.AT_LEAST,
        "und mehr": Comparator.AT_LEAST,
        "und darüber": Comparator.AT_LEAST,
        "+": Comparator.AT_LEAST,
        "oder weniger": Comparator.AT_MOST,
    },
    directions={
        "rabatt": "off",
        "nachlass": "off",
        "preisnachlass": "off",
        "ermäßigung": "off",
        "ermäßigt": "off",
        "reduziert": "off",
        "günstiger": "off",
        "billiger": "off",
        "sparen": "off",
        "zurück": "back",
        "zurückerstattet": "back",
        "erstattet": "back",
        "erstatten": "back",
        "erstattung": "back",
        "rückerstattung": "back",
        "gebühr": "fee",
        "gebühren": "fee",
        "kosten": "fee",
        "kostet": "fee",
        "preis": "fee",
        "versandkosten": "fee",
        "pauschale": "fee",
        "zahlen": "fee",
        "berechnen": "fee",
        "aufpreis": "extra",
        "zuschlag": "extra",
        "extra": "extra",
        "zusätzlich": "extra",
        "zusätzliche": "extra",
        "zusätzlichen": "extra",
        "gutschein": "credit",
        "gutscheine": "credit",
        "gutschrift": "credit",
        "guthaben": "credit",
        "punkte": "credit",
    },
    subjects={
        "versand": "shipping",
        "lieferung": "shipping",
        "standardlieferung": "shipping",
        "expresslieferung": "shipping",
        "standardversand": "shipping",
        "expressversand": "shipping",
        "lieferungen": "shipping",
        "zustellung": "shipping",
        "rückgabe": "return",
        "rücksendung": "return",
        "rücksendungen": "return",
        "rückversand": "return",
        "retoure": "return",
        "retouren": "return",
        "umtausch": "exchange",
        "reparatur": "repair",
        "reparaturen": "repair",
        "ersatz": "replace",
        "geschenk": "gift",
        "geschenkverpackung": "wrapping",
        "geschenke": "gift",
        "muster": "sample",
        "probe": "sample",
        "stornierung": "cancel",
        "abholung": "pickup",
    },
    negations=word_table(
        "nicht kein keine keinen keinem keiner keines nie niemals ohne weder noch"
    ),
    givers=word_table(
        "geben gibt gebe gewähren gewährt bieten bietet bekommen bekommt erhalten erhält"
    ),
    undoing=word_table("nicht nie niemals"),
    restricting=word_table("nur bloß allein"),
    conditions={
        "wenn": "if",
        "falls": "if",
        "sofern": "if",
        "sobald": "if",
        "solange": "if",
        "im fall": "if",
        "vorausgesetzt": "if",
        "außer": "unless",
        "ausgenommen": "unless",
        "es sei denn": "unless",
        "nur": "only",
        "ohne": "without",
        "mit": "with",
        "bei bestellungen": "for",
        "für bestellungen": "for",
        "bei einkäufen": "for",
        "bei einem bestellwert": "for",
        "über": "over",
        "unter": "under",
        "ab": "from",
    },
    anchors=frozenset({"nach", "ab", "seit", "vor"}),
    days={"heute": 0, "morgen": 1, "übermorgen": 2, "gestern": -1, "vorgestern": -2},
    casual_days=frozenset({"heute", "morgen", "gestern"}),
    weekday_before={
        "am": 0,
        "nächsten": 1,
        "nächster": 1,
        "kommenden": 0,
        "diesen": 0,
        "letzten": -1,
        "vergangenen": -1,
    },
    promises=promise_table(
        {
            "refund": (
                "erstatten erstatte zurückerstatten rückerstatten zurückzahlen",
                "erstattet zurückerstattet zurückgezahlt rückerstattet",
            ),
            "replace": ("ersetzen ersetze", "ersetzt"),
            "repair": ("reparieren repariere", "repariert"),
            "ship": (
                "verschicken versenden schicken senden zusenden liefern zustellen",
                "verschickt versandt versendet geliefert zugestellt",
            ),
            "call": ("zurückrufen anrufen rufen", "angerufen zurückgerufen"),
            "exchange": ("umtauschen austauschen tauschen", "umgetauscht ausgetauscht getauscht"),
            "return": (
                "zurückgeben zurücksenden zurückschicken",
                "zurückgegeben zurückgesendet zurückgeschickt",
            ),
            "pay": ("zahlen zahle bezahlen auszahlen", "gezahlt bezahlt ausgezahlt"),
            "cover": ("übernehmen", "übernommen"),
            "waive": ("erlassen verzichten", "erlassen"),
            "guarantee": ("garantieren garantiere versprechen", "garantiert"),
            "match": ("angleichen anpassen", "angeglichen"),
            "credit": ("gutschreiben", "gutgeschrieben"),
            "compensate": ("entschädigen", "entschädigt"),
            "cancel": ("stornieren", "storniert"),
            "change": ("ändern", "geändert"),
            "extend": ("verlängern", "verlängert"),
            "discount": ("rabattieren", "rabattiert"),
        }
    ),
    makers={"base": _WE, "done": _BE},
    breakers=word_table(
        "zum wurde wurden war waren leid bitten bitte um damit dass ob habe haben hat"
    ),
    reach=24,
    behind=word_table("wir ich wird werden"),
    endings=("ungen", "ung", "ern", "en", "er", "es", "em", "te", "st", "e", "n", "s", "t"),
    common=word_table(
        "und oder von in im an am auf zu zum zur ist sind war waren sein hat haben der die das "
        "den dem des ein eine einen einem einer dieser diese dieses für mit bei aus nach seit "
        "wenn dann als aber so nicht kein keine wir sie ihr ich du er es uns euch ihnen ihre "
        "ihren unser unsere kann können wird werden soll sollte welche wer was wo wie da hier "
        "auch nur schon noch bis ab pro je jede bitte danke sehr innerhalb tag tage tagen woche "
        "wochen monat monate monaten jahr jahre jahren stunde stunden werktage werktagen prozent "
        "euro hallo gerne gern"
    ),
)
