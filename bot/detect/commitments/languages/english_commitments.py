"""English."""

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
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = table_in_order("twenty thirty forty fifty sixty seventy eighty ninety")
_WE = word_table(
    "we i we'll i'll will you'll they'll it'll can may could shall let's let to "
    "gladly happily also always"
)
_BE = word_table("be get gets guaranteed receive")


LANGUAGE = CommitmentLanguage(
    code="en",
    decimal=".",
    numbers={w: n for n, w in enumerate(_UNITS)}
    | {w: 10 * n for n, w in enumerate(_TENS, 2)}
    | {"dozen": 12},
    multipliers={
        "hundred": Decimal(100),
        "thousand": Decimal(1000),
        "lakh": Decimal(10**5),
        "lakhs": Decimal(10**5),
        "million": Decimal(10**6),
        "millions": Decimal(10**6),
        "mn": Decimal(10**6),
        "crore": Decimal(10**7),
        "crores": Decimal(10**7),
        "billion": Decimal(10**9),
        "billions": Decimal(10**9),
        "bn": Decimal(10**9),
        "trillion": Decimal(10**12),
    },
    fractions={"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")},
    joiners=frozenset({"and"}),
    articles=frozenset({"a", "an"}),
    paired={"couple": 2, "pair": 2},
    ranges=frozenset({"to", "-", "or", "through", "until", "and"}),
    between=frozenset({"between"}),
    minus=frozenset({"minus", "negative"}),
    clock=frozenset({"am", "pm", "a.m", "p.m", "o'clock"}),
    labels=frozenset({"no", "nr", "number", "#", "size", "version", "model", "order", "ticket"}),
    of_month=frozenset({"of", "the"}),
    ordinals=frozenset({"st", "nd", "rd", "th"}),
    periods=period_table("second", "second", "seconds", "sec", "secs")
    | period_table("minute", "minute", "minutes", "min", "mins")
    | period_table("hour", "hour", "hours", "hr", "hrs", "h")
    | period_table("day", "day", "days")
    | period_table("business day", "workday", "workdays", "weekday", "weekdays")
    | period_table("week", "week", "weeks", "wk", "wks")
    | period_table("week", "fortnight", "fortnights", factor="2")
    | period_table("month", "month", "months", "mo", "mos")
    | period_table("year", "year", "years", "yr", "yrs")
    | period_table("year", "decade", "decades", factor="10"),
    business=frozenset({"business", "working", "banking", "trading"}),
    fillers=frozenset(
        {"the", "a", "an", "next", "last", "first", "of", "calendar", "full", "only"}
    ),
    wholes=frozenset({"another", "all", "full", "whole", "entire", "per", "each", "every"}),
    vague=frozenset({"several", "few", "some", "many"}),
    percents=frozenset(
        {"%", "percent", "percents", "per cent", "pct", "percentage", "percentages"}
    ),
    percents_of=frozenset({"percent of", "percents of", "per cent of"}),
    halves={
        "half price": ("50", "off"),
        "half off": ("50", "off"),
        "half the price": ("50", ""),
        "half your money": ("50", ""),
    },
    free={
        "free": "",
        "feel free": None,
        "free to": None,
        "free time": None,
        "free from": None,
        "free of": None,
        "for free": "",
        "free of charge": "",
        "at no cost": "",
        "at no charge": "",
        "at no extra cost": "extra",
        "at no extra charge": "extra",
        "at no additional cost": "extra",
        "at no additional charge": "extra",
        "no extra charge": "extra",
        "no charge": "",
        "no fee": "fee",
        "no fees": "fee",
        "no cost": "",
        "on the house": "",
        "complimentary": "",
        "gratis": "",
        "costs nothing": "",
        "pay nothing": "",
        "pays nothing": "",
        "cost nothing": "",
    },
    money={
        "buck": "USD",
        "bucks": "USD",
        "quid": "GBP",
        "sterling": "GBP",
        "kuai": "CNY",
        "renminbi": "CNY",
        "us dollar": "USD",
        "us dollars": "USD",
        "u.s dollar": "USD",
        "u.s dollars": "USD",
        "united states dollar": "USD",
        "united states dollars": "USD",
        "american dollar": "USD",
        "american dollars": "USD",
    },
    cents={
        "cent": ("0.01", "USD"),
        "cents": ("0.01", "USD"),
        "¢": ("0.01", "USD"),
        "c": ("0.01", ""),
        "penny": ("0.01", "GBP"),
        "pennies": ("0.01", "GBP"),
        "pence": ("0.01", "GBP"),
        "p": ("0.01", "GBP"),
        "paise": ("0.01", "INR"),
        "paisa": ("0.01", "INR"),
        "kopeck": ("0.01", "RUB"),
        "kopecks": ("0.01", "RUB"),
        "rappen": ("0.01", "CHF"),
        "centime": ("0.01", "CHF"),
        "centimes": ("0.01", "CHF"),
        "fen": ("0.01", "CNY"),
        "jiao": ("0.1", "CNY"),
        "mao": ("0.1", "CNY"),
        "satoshi": ("0.00000001", "BTC"),
        "satoshis": ("0.00000001", "BTC"),
        "sen": ("0.01", "MYR"),
    },
    not_money=word_table(
        "all amd ang bam bob cad cop cup cve dop ern fim gel gold loti mad mark marks mop mur nad "
        "pen real reals ron rub sol soles som soms sos std sum tala top tops try unit units value "
        "mvdol florin mil pep pes bec bel lati inti dram sucre"
    ),
    modifiers=word_table(
        "free extra additional more further new different separate complimentary single full "
        "checked physical other such great"
    ),
    not_counted=word_table(
        "and or of in on at to is are was were be been has have had the a an this that these "
        "those for from with by as if when then than but so not no we you they it he she i our "
        "your their his her its am pm o'clock can will would should could may might do does did "
        "which who what where why how there here also only just about into over under after "
        "before until while because per each every us them me time times third thirds plus "
        "minus - again please thanks sorry such too very"
    ),
    before={
        "up to": Comparator.AT_MOST,
        "at most": Comparator.AT_MOST,
        "at the most": Comparator.AT_MOST,
        "at the latest": Comparator.AT_MOST,
        "no more than": Comparator.AT_MOST,
        "not more than": Comparator.AT_MOST,
        "no later than": Comparator.AT_MOST,
        "not later than": Comparator.AT_MOST,
        "less than": Comparator.AT_MOST,
        "fewer than": Comparator.AT_MOST,
        "maximum of": Comparator.AT_MOST,
        "maximum": Comparator.AT_MOST,
        "max": Comparator.AT_MOST,
        "within": Comparator.AT_MOST,
        "inside": Comparator.AT_MOST,
        "under": Comparator.AT_MOST,
        "below": Comparator.AT_MOST,
        "by": Comparator.AT_MOST,
        "until": Comparator.AT_MOST,
        "at least": Comparator.AT_LEAST,
        "no less than": Comparator.AT_LEAST,
        "not less than": Comparator.AT_LEAST,
        "no fewer than": Comparator.AT_LEAST,
        "minimum of": Comparator.AT_LEAST,
        "minimum": Comparator.AT_LEAST,
        "more than": Comparator.AT_LEAST,
        "over": Comparator.AT_LEAST,
        "above": Comparator.AT_LEAST,
        "from": Comparator.AT_LEAST,
        "starting at": Comparator.AT_LEAST,
        "starting from": Comparator.AT_LEAST,
        "starts at": Comparator.AT_LEAST,
        "exceeding": Comparator.AT_LEAST,
        "about": Comparator.ABOUT,
        "around": Comparator.ABOUT,
        "approximately": Comparator.ABOUT,
        "approx": Comparator.ABOUT,
        "roughly": Comparator.ABOUT,
        "nearly": Comparator.ABOUT,
        "almost": Comparator.ABOUT,
        "circa": Comparator.ABOUT,
        "ca": Comparator.ABOUT,
        "~": Comparator.ABOUT,
        "exactly": Comparator.EXACTLY,
    },
    after={
        "or more": Comparator.AT_LEAST,
        "or longer": Comparator.AT_LEAST,
        "or above": Comparator.AT_LEAST,
        "or over": Comparator.AT_LEAST,
        "and above": Comparator.AT_LEAST,
        "and over": Comparator.AT_LEAST,
        "and up": Comparator.AT_LEAST,
        "minimum": Comparator.AT_LEAST,
        "at least": Comparator.AT_LEAST,
        "+": Comparator.AT_LEAST,
        "or less": Comparator.AT_MOST,
        "or fewer": Comparator.AT_MOST,
        "or under": Comparator.AT_MOST,
        "maximum": Comparator.AT_MOST,
        "max": Comparator.AT_MOST,
        "at most": Comparator.AT_MOST,
        "at the latest": Comparator.AT_MOST,
        "or so": Comparator.ABOUT,
    },
    directions={
        "off": "off",
        "discount": "off",
        "discounts": "off",
        "discounted": "off",
        "reduction": "off",
        "rebate": "off",
        "rebates": "off",
        "reduced by": "off",
        "cheaper": "off",
        "savings": "off",
        "save": "off",
        "back": "back",
        "refund": "back",
        "refunds": "back",
        "refunded": "back",
        "cashback": "back",
        "reimburse": "back",
        "reimbursement": "back",
        "fee": "fee",
        "fees": "fee",
        "charge": "fee",
        "charges": "fee",
        "charged": "fee",
        "cost": "fee",
        "costs": "fee",
        "price": "fee",
        "priced": "fee",
        "pay": "fee",
        "deduct": "fee",
        "deducted": "fee",
        "surcharge": "fee",
        "deposit": "fee",
        "extra": "extra",
        "additional": "extra",
        "credit": "credit",
        "voucher": "credit",
        "vouchers": "credit",
        "coupon": "credit",
        "gift card": "credit",
        "certificate": "credit",
        "points": "credit",
    },
    subjects={
        "shipping": "shipping",
        "delivery": "shipping",
        "postage": "shipping",
        "sending back": "return",
        "sending": "return",
        "return": "return",
        "returns": "return",
        "exchange": "exchange",
        "exchanges": "exchange",
        "repair": "repair",
        "repairs": "repair",
        "replacement": "replace",
        "replacements": "replace",
        "gift": "gift",
        "gift wrapping": "wrapping",
        "gifts": "gift",
        "sample": "sample",
        "samples": "sample",
        "trial": "trial",
        "cancellation": "cancel",
        "upgrade": "upgrade",
        "upgrades": "upgrade",
        "installation": "installation",
        "pickup": "pickup",
    },
    negations=word_table(
        "not no never neither nor without can't cannot won't don't doesn't didn't isn't aren't "
        "wasn't weren't wouldn't shouldn't couldn't unable"
    ),
    givers=word_table(
        "give offer grant provide allow apply get receive take knock do make promise"
    ),
    conditions={
        "if": "if",
        "when": "if",
        "whenever": "if",
        "once": "if",
        "as long as": "if",
        "so long as": "if",
        "provided": "if",
        "provided that": "if",
        "in case": "if",
        "should": "if",
        "given": "if",
        "unless": "unless",
        "except": "unless",
        "except for": "unless",
        "excluding": "unless",
        "only": "only",
        "without": "without",
        "with": "with",
        "on orders": "for",
        "for orders": "for",
        "on all orders": "for",
        "on purchases": "for",
        "for purchases": "for",
        "for members": "for",
        "when you": "if",
        "over": "over",
        "from": "from",
        "above": "over",
        "under": "under",
        "below": "under",
    },
    anchors=frozenset({"of", "after", "from", "following", "before", "since"}),
    days={
        "today": 0,
        "tonight": 0,
        "tomorrow": 1,
        "tmrw": 1,
        "yesterday": -1,
        "day after tomorrow": 2,
        "day before yesterday": -2,
        "day after tmrw": 2,
        "next day": 1,
    },
    casual_days=frozenset({"today", "tonight", "yesterday", "tomorrow"}),
    weekday_before={"on": 0, "next": 1, "this": 0, "last": -1, "coming": 0, "previous": -1},
    promises=promise_table(
        {
            "refund": ("refund reimburse repay", "refunded reimbursed repaid"),
            "replace": ("replace", "replaced"),
            "repair": ("repair fix mend", "repaired fixed mended"),
            "ship": ("ship send dispatch post deliver arrive", "shipped sent dispatched delivered"),
            "call": ("call phone ring", "called phoned"),
            "exchange": ("exchange swap", "exchanged swapped"),
            "return": ("return", "returned"),
            "pay": ("pay", "paid"),
            "cover": ("cover", "covered"),
            "waive": ("waive", "waived"),
            "guarantee": ("guarantee promise warrant", "guaranteed promised"),
            "match": ("match", "matched"),
            "credit": ("credit", "credited"),
            "compensate": ("compensate", "compensated"),
            "cancel": ("cancel", "cancelled canceled"),
            "change": ("change modify", "changed modified"),
            "upgrade": ("upgrade", "upgraded"),
            "extend": ("extend prolong", "extended prolonged"),
            "discount": ("discount", "discounted"),
        }
    )
    | {"replacement": ("replace", "gift"), "refunds": ("refund", "gift"), "credit card": None},
    makers={
        "base": _WE,
        "done": _BE,
        "gift": word_table("get gets receive offer give have provide"),
    },
    breakers=word_table(
        "was were wasn't weren't had been hear sorry need ask want like help so that who , "
        "if when unless whether"
    ),
    infinitives=frozenset({"to"}),
    willing=word_table("happy glad able going ready pleased delighted sure welcome free"),
    reach=5,
    endings=table_in_order("ations ation ments ment ings ing ies ied ers ed es er ly s y e"),
    common=word_table(
        "a an the and or of in on at to is are was were be been has have had this that these "
        "those for from with by as if when then than but so not no we you they it he she i our "
        "your their his her its us them me my can will would should could may might do does did "
        "which who what where why how there here also only just about into up out within after "
        "before until while per each every all any some more most at least please thanks sorry "
        "such too very get gets have please us day days week weeks month months year years hour "
        "hours business working percent dollars euros money hi hello thank sure yes"
    ),
)
