# ruff: noqa: E501 - one shape a line
"""How English puts pressure, blames, flatters and pretends: shapes of phrases, by kind.

A shape is a small grammar, not a word: “left” is harmless, “only {number} left” is scarcity. Where
a harmless sentence has the same shape (“due to high demand”), it stands in `HARMLESS`.
"""

from __future__ import annotations

LETTERS: dict[int, str] = {}

_N = (
    r"(?:\d{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|a few|few|a couple(?: of)?"
    r"|a handful(?: of)?|very few|dozens(?: of)?|hundreds(?: of)?|thousands(?: of)?|some|over \d+)"
)
_THINGS = r"(?:[\w'-]+ ){0,4}?"
_WHO = (
    r"(?:other )?(?:people|customers|shoppers|users|others|guests|visitors|buyers|members|families"
    r"|viewers|travell?ers|person)"
)
_OFFER = (
    r"(?:offer|sale|deal|promo(?:tion)?|price|discount|event|reward|gift|savings?|bonus|opportunity"
    r"|cart|basket|bag)"
)
_SOON = (
    r"(?:soon|today|tonight|now|shortly|at midnight|(?:very )?fast|in (?:minutes|hours|seconds)"
    r"|in (?:just )?(?:the next )?[\d:. ]+ ?(?:h|m|s|hrs?|hours?|min(?:ute)?s?|sec(?:ond)?s?|\d)\b)"
)
_SHORT_WHILE = (
    r"(?:the next )?(?:few (?:more )?|[\d:]+ ?)(?:more )?(?:minutes?|mins?|seconds?|hours?|hrs?)"
)
_BUY = r"(?:order|buy|book|shop|act|decide|grab|claim|secure|get|check ?out|join|upgrade)"

PRESSURE = (
    # scarcity
    rf"\b(?:only|just|last|final|merely) {_N} {_THINGS}(?:left|remain(?:s|ing)?|available|in stock|to go)\b",
    rf"\b(?:only|just) (?:the )?(?:last )?{_N} {_THINGS}(?:left|remain(?:s|ing)?|at this price)\b",
    rf"\b{_N} {_THINGS}(?:left|remaining) (?:in stock|at this price|in your size)\b",
    rf"^\W*{_N} {_THINGS}(?:left|remaining)\b",
    rf":\s*(?:only )?{_N} left\b",
    r"\b(?:last|final) (?:few|chance|call|hours?|minutes?|pair|one|pieces?|opportunity|days) ?(?:!|to\b|remaining|left)",
    r"\b(?:the|this is|it'?s) (?:your |the )?(?:very )?last (?:chance|opportunity)\b|\blast (?:pair|one|chance|call)!",
    r"\b(?:with )?the last (?:pair|one|item|piece) as we speak\b",
    r"\blow (?:in )?stock\b\s*(?:[!-]|$)|\bstock is (?:running )?(?:very )?low\b|\brunning (?:low|out) (?:of stock|fast|and)",
    r"\b(?:almost|nearly|practically) (?:gone|sold[- ]out|all gone|out of stock|fully booked)\b",
    r"\b(?:selling|going|flying|sells) (?:out )?(?:fast|quickly|like)\b|\bflying off the shel|\b(?:are|is) selling out\b",
    r"\b(?:could|may|might|will) (?:sell out|be gone|disappear|run out|be sold out)(?: (?:soon|any|fast|quickly|tomorrow))?\b",
    r"\bwhile (?:stocks?|suppl(?:y|ies)|they|quantit(?:y|ies)|it) lasts?\b|\bwhile you (?:still )?can\b",
    r"\b(?:supplies|quantities|stocks?|places|spots|seats) (?:are|is) (?:very |strictly )?limited,? (?:so|and|order|but)\b",
    r"\b(?:in|very|such|extremely) (?:very )?high demand\b|^\W*(?:in )?high demand\b|\bhot item\b",
    r"\bbefore (?:it|they|it's|they're|someone else|anyone else|others?|this|the \w+)(?: (?:is|are|all|has|does|do))? ?"
    r"(?:gone|sold|disappears?|taken|too late|does|do|sells? out|runs? out|vanish)\b",
    r"\b(?:won'?t|will not|can'?t|cannot) (?:be (?:restocked|repeated|around|there)|last (?:long|forever)|come back|wait)\b",
    r"\b(?:can'?t|cannot) promise (?:it|they|that it|this) (?:will|'ll) (?:still )?be (?:there|available)\b",
    # banners: a whole line and nothing else
    r"^\W*(?:very |strictly )?limited (?:quantit(?:y|ies)|stocks?|availability|suppl(?:y|ies)|numbers?|edition|places|spots|seats|time)(?: (?:available|remaining|left|only|offer|deal|sale|now))*\W*$",
    r"^\W*(?:your |the )?(?:last|final) (?:chance|days?|hours?|call|few|pieces?|ones?|sale|reminder|opportunity|units?|sizes?)\b[^.]{0,30}$",
    r"^\W*(?:\w+ ){0,4}(?:ends?|ending|closes|closing) (?:today|soon|tonight|tomorrow|(?:at )?midnight|in (?:\d{1,2}\b|[^\d\W]).{0,22}|\d.{0,12})\W*$",
    r"^\W*(?:in (?:very )?high |in |very )?(?:demand|popular)(?: right now| today)?\W*$|^\W*(?:going|selling) (?:once|twice|quick\w*)\b|^\W*sold out (?:twice|once|already|\d|last)",
    r"\btime (?:left|remaining)\b ?:? ?\d|\b(?:back in stock,? )?(?:but )?not for long\b|\b(?:quantities|stocks?|supplies|they|it|these|deals|prices) (?:won'?t|will not|can'?t) last\b",
    rf"\b(?:less|fewer) than {_N} {_THINGS}(?:left|remain(?:s|ing)?|available|in stock)\b|^\W*{_N} {_THINGS}(?:available|in stock)\W*$",
    r"\bcan only guarantee\b|\bguaranteed only (?:today|for)\b|\border within \d+ ?(?:h|hrs?|hours?|m|mins?|minutes?)\b",
    r"\b(?:over|more than|already) [\d,.]+k? (?:\w+ )?(?:sold|bought|ordered|booked|happy customers)\b|\b(?:recently |already |just )(?:purchased|bought|ordered|booked|viewed|added) by\b|\b[\d,.]+k? (?:\w+ )?added to (?:cart|basket|bag)",
    r"\b(?:in|from) [\p{L}][\p{L} ,.'-]{1,30} (?:has )?(?:just|recently) (?:bought|purchased|ordered|booked|signed up)\b|^\W*\p{L}[\p{L}. ]{1,20} (?:in|from) [\p{L}][\p{L} ,.'-]{1,30} (?:bought|purchased|ordered|booked)\b",
    r"\bdon'?t lose (?:out|your (?:discount|chance|place|spot|offer|savings|rewards|seat)|this|the (?:chance|deal|offer|price))\b|\blose all (?:of )?(?:your|these|those|the) (?:benefits|perks|rewards|savings|discounts|privileges|progress)\b",
    r"\bi(?:'ll| will) (?:pass on|skip|miss|forgo|give up|live without|take my chances|risk)\b[^.]{0,40}$|\b(?:we|i)(?:'d| would)? hate to (?:see|lose)\b",
    # urgency
    r"^\W*hurry\b(?: up)?(?:[,!. ]|$)|[.!,-] ?hurry\b(?: up)?[,!. ]|\b(?:better |please )?be quick\b|\bbetter be (?:fast|quick)\b|\byou'd better (?:be|act|hurry)\b",
    r"\b(?:act|respond|decide|move|reply|order|book) (?:very )?(?:fast|quickly|immediately|right now)\b",
    r"\bact (?:now|today|soon)\b|\b(?:must|need to|have to) (?:act|decide|respond|choose) (?:fast|quickly|right now|now|immediately)",
    rf"\b{_BUY}(?: (?:it|yours|one|now|this|them))? (?:now|soon|today|fast|quickly)\b ?(?:!|$|[,;] ?(?:there|before|while|because|and|your)"
    r"|to (?:avoid|secure|get|keep)|before|while|because|or)",
    rf"\b(?:so|please|,|-|:|and|then) {_BUY}(?: (?:it|yours|one|now|this|your \w+))? (?:now|soon|today|fast|quickly|yes now)\b",
    r"\bgrab (?:yours|it|one|this|them|your \w+)\b|\bsecure (?:yours|your (?:place|spot|seat))\b",
    r"\bget (?:it|them|yours|one) (?:now|before|while)\b",
    r"\b(?:do not|don'?t) (?:miss out|miss (?:this|it|your|the)|wait (?:until|till|any|too|or|-|,)|delay|let (?:this|it|one|the)"
    r"|sleep on|be (?:left|the (?:one|only))|think (?:too|for too) long|pass)\b",
    r"\bmiss(?:es|ing)? out\b|\byour (?:one|only|last) chance\b|\b(?:really )?want to miss (?:this|out|it)\b",
    r"\bnow or never\b|\btime is running out\b|\bclock is ticking\b|\b(?:very )?little time left\b|\bno second chance\b",
    r"\b(?:until|before|when|or) (?:it's|it is|it will be) too late\b",
    rf"\b{_OFFER}s? (?:\w+ )?(?:ends?|expires?|closes?|disappears?|is about to (?:end|expire)|runs? out) {_SOON}",
    rf"\b{_OFFER} (?:is )?(?:about to|going to|will) (?:expire|end|disappear|go up|rise)\b|\b{_OFFER} disappears\b",
    rf"\bends in {_SHORT_WHILE}|\b{_OFFER} closes\b|\bhours to go\b|\bexpir\w+ in \d+:\d+",
    r"\bprices? (?:will )?(?:go|goes|rises?|increases?|doubles?)(?: up)? (?:at|in|tomorrow|tonight|soon)\b|\bor the price (?:goes|rises)",
    rf"\b(?:reserved|held|hold|holding|saved|keep|keeping|valid|guaranteed) (?:\w+ ){{0,4}}(?:for|within) (?:you for )?(?:only )?"
    rf"(?:the next )?{_SHORT_WHILE}\b(?: only| more)?",
    r"\bonly (?:be )?(?:held|guaranteed|hold|reserved|keep|valid)\b.{0,40}\b(?:until this|if you|minutes|within|hour)\b",
    r"\bcan only (?:hold|keep|give|offer) .{1,40}\b(?:if you|until (?:this|tonight|today)|now)\b|\bcan'?t (?:keep|hold) it (?:much )?longer\b",
    r"\bcan'?t offer this again\b|\bgone for good\b|\bfor a limited time\b|\blimited[- ]time (?:only|offer|deal)|\btoday only\b|\bonly today (?:do|can|is)\b",
    r"\b(?:this|the|our) (?:price|offer|deal|discount|one)(?: \w+)? (?:won'?t|will not) (?:last|be)\b",
    rf"\b(?:in|within) the next {_SHORT_WHILE}\b (?:and|or|only|to (?:get|save|claim))|\b(?:order|buy|check out|confirm|book) (?:\w+ ){{0,3}}"
    rf"(?:in|within) the next (?:\d+ )?(?:minutes?|hours?)\b",
    r"\bdeal of the day\b|\bflash sale ?!|\beverything must go\b|\bgoing,? going\b|\bone of the first \d+\b|\bnot come back\b",
    r"\bif you (?:don'?t|do not) (?:\w+ ){1,3}(?:today|now|tonight)\b|\bunless you (?:\w+ ){1,3}(?:today|now|immediately)\b|\bif you wait any longer\b",
    r"\bif you leave now\b|\bonce you close this\b|\bmay be (?:twice|gone|double)\b|\bgone (?:soon|tomorrow)\b|\bsay yes now\b|\bback to keep your\b",
    # an offer and its end, a loss, a race
    rf"\b(?:{_OFFER}|coupon|voucher|promotion|perks?|benefits?|access)\b[^.!?]{{0,24}}\b(?:vanish(?:es)?|disappears?|evaporates?|slips? away|(?:will|is about to|are about to|may|could|soon) be (?:lost|gone|over|history)"
    r"|(?:is|are) (?:nearly|almost|soon) (?:over|gone|up)|only (?:available|valid|good) (?:right )?(?:now|today|tonight|this (?:hour|evening|minute)))\b",
    r"\b(?:never|not|won'?t|no longer) (?:\w+ )?(?:see|get|find|have|be offered) (?:this|it|such|that|these)(?: \w+)? ?(?:price|offer|deal|chance|again|discount)s?\b|\bnever (?:be (?:this|so) (?:cheap|low)|come back|return)\b",
    r"\babout to (?:lose|miss)\b|\b(?:lose|forfeit|miss) (?:out on )?(?:a|an|this|your) (?:\w+ )?(?:deal|offer|discount|chance|opportunity|bargain)\b|\blast (?:day|hour|minute|week)s? to (?:save|get|join|claim|grab)\b",
    r"\b(?:foolish|crazy|silly|stupid|mad|unwise|a (?:big )?mistake) (?:to|if you|not to) (?:pass|miss|wait|skip|ignore|say no|decline|act|buy|take)\b|\bcountdown to\b|\bcountdown ?[:!]|\bbefore it'?s (?:all )?over\b|\b(?:be|act|move|think) (?:fast|quick)\b|\bstock up (?:now|before|today)\b",
    r"\b(?:stock|supply|inventory|availability|demand)\b[^.!?]{0,20}\b(?:very low|depleted|dwindling|shrinking|running out|critical\w*|scarce|vanishing|exploding|skyrocketing|through the roof)\b|\bone[- ]time (?:offer|deal|chance|price|only)\b|\bonly today\b ?[:!,-]",
    r"\b(?:someone|somebody|people|others|everyone|shoppers|customers|they|fans)\b[^.!?]{0,20}\b(?:snapp\w+|grabb\w+|snatch\w+|rush\w+|racing|scrambl\w+|flock\w+|buying (?:it|them|this|these)|raving|can'?t get enough)\b|\b(?:from|in) \p{L}+ (?:has )?just (?:placed|made|completed)\b",
    r"\b(?:get|stay) ahead of (?:you|the (?:rush|crowd|queue))\b|\bbeat the (?:rush|crowd|clock|price)\b|\bwork(?:ed|s)? (?:so hard|all night|day and night|tirelessly)\b[^.!?]{0,40}\b(?:please|don'?t|cancel|for you)\b",
    r"^\W*no[,.]? (?:i|let me)(?:'d| would|'ll| will)? (?:rather|prefer|stay|keep|risk|live|go|remain)\b|^\W*i (?:don'?t|do not) (?:need|want|deserve|care (?:about|for)|like) [\w' ]{1,30},? thanks?(?: you)?\W*$",
    # what the others do
    rf"\b{_N} {_WHO} (?:are|is|have|has|were|just|also|recently|want|viewed|bought|booked|purchased|added|ordered)\b"
    rf"(?: \w+){{0,3}} ?(?:looking|viewing|watching|bought|booked|purchased|added|ordered|viewed|checking|cart|baskets?|this|interested)?",
    rf"\b{_N} (?:sold|bought|added|viewed|views|purchases|orders|bookings)\b (?:in|within|over|this|today)",
    r"\b(?:sold|bought|booked|purchased|viewed|ordered) (?:\w+ )?(?:over )?\d+ times\b",
    r"(?:^|\b(?:people|customers?|others|shoppers?|guests?|travell?ers?|visitors?|someone|somebody|just|\d) (?:has |have |just )?)(?:bought|purchased|ordered|booked|viewed|added) (?:this|it|one|these)?\b.{0,30}\b(?:(?:in|within|over) the (?:last|past) (?:\d+ )?(?:hours?|minutes?|day|24)|(?:minutes?|hours?) ago)\b",
    r"\b(?:someone|somebody|a customer|a shopper) (?:else )?(?:in|from|near)? ?[\w ]{0,30}\b(?:just|recently) (?:bought|purchased|ordered|booked)",
    r"\b(?:in (?:their|\d+ (?:people'?s )?)|have this in their) (?:cart|basket|bag)s?\b",
    r"\b(?:almost |nearly )?(?:everyone|everybody)(?: else)?(?: (?:in|who|of)\b[\w ]{0,30})? (?:is|has|already|are)\b (?:switch|bought|sign|join|already)\w*",
    r"\b(?:most|other) (?:people|customers|families|members)\b[\w ,]{0,40}\b(?:would(?:n'?t| already| not)?|(?:don'?t|do not) hesitate"
    r"|choose the|have already|already)\b",
    # guilt
    r"\bno,? thanks?\b[,.!:]* i\b|^\W*(?:no[,.!]? )?i(?:'d| would)? (?:rather|prefer to|like to|love to|want to|don'?t (?:want|like|need|care))"
    r" (?:not )?(?:(?:to )?pay(?:ing)? (?:the )?(?:full|more|extra)|to (?:save|miss|stay (?:cold|poor))|saving|miss|full|more|discounts?|deals?)\b",
    r"^\W*no[,.!]? i(?:'m| am)? ?(?:want|prefer|like|love|enjoy|don'?t|hate|not interested|already have)\b",
    r"^\W*(?:skip|decline|refuse|no to) the (?:discount|savings?|offer|deal) and\b|\bi(?:'m| am) not interested in (?:sav|protect|great|better)\w*",
    r"\bafter (?:all|everything)(?: the \w+)? (?:that )?(?:we|i|our \w+)(?:'ve| have)? (?:\w+ )?(?:done|did|spent|put|given)\b",
    r"\b(?:we|i)(?:'d| would) be (?:so |very |really )?(?:sad|heartbroken|devastated|crushed|hurt|disappointed) (?:if|to lose|to see)\b",
    r"\b(?:please (?:don'?t|do not) go|(?:don'?t|do not) (?:go(?: yet)?[,.!]|leave us|abandon))\b|\bbeg(?:ging)? you\b|\breconsider\b.{0,30}\bmean (?:so )?much\b",
    r"\b(?:really )?sure you want to (?:give up|lose|miss|leave|throw|walk away)\b|\bgive up all (?:these|those|your)\b",
    r"\byou(?:'ll| will| would|'d) (?:regret|be sorry|lose (?:everything|your (?:place|chance|spot|discount|one))|be missing|miss (?:out|your|the best))\b",
    r"\b(?:such )?a (?:real )?(?:shame|pity) (?:to (?:let|miss|lose|waste)|if you (?:miss|lost|let|cancel|leave|didn'?t))\b",
    r"\bthink of (?:how|what|your|the)\b.{0,40}\b(?:disappoint\w*|sad|miss\w*|if you)\b|\bhow could you\b|\bif you (?:really|truly) cared\b",
    r"\byou (?:don'?t|wouldn'?t|do not|would not) want\b.{0,60}(?:would you|do you|the only)\b",
    r"\b(?:depends?|relies|rely|counts?|counting) on you\b|\b(?:it )?really hurts when\b|\bstaff lose out\b|\bthe least you could do\b",
    r"\ba (?:smart|clever|wise|savvy|good) (?:customer|buyer|shopper|parent|person) would\b|\bsay no to helping\b|\bpays? (?:the )?full price\b.{0,5}$",
)  # fmt: skip
HARMLESS = (
    r"\b(?:due to|because of|owing to|given) (?:the )?(?:currently |unusually |very |such )*high demand\b",
    r"\b(?:please )?don'?t hesitate to\b",
    r"\b(?:an?|the|your|this|that|any|each|every|their|our|my|one|its|entire|whole) orders? within\b[^.!?]{0,30}",
    r"\b(?:cancel|change|return|edit|modify|amend|correct|track) (?:\w+ ){0,2}orders? within\b[^.!?]{0,30}",
    r"\blimited[- ]time offers? (?:can|may|do|are|is|isn)\w*",
    r"\b(?:i|you|we)(?:'ve)? (?:have |had |just |recently |originally |already )*(?:bought|purchased|ordered|booked|viewed|added)\b[^.]{0,60}",
    r"\byou asked\b[^.]{0,80}|[^.]{0,80}\bas you asked\b",
    r"\b(?:session|appointment|code|link|token|password|trial|booking|slot)s? (?:\w+ ){0,3}(?:ends?|expires?|closes?) (?:in|after|at)[^.]{0,30}",
    r"\bif you (?:don'?t|do not) (?:receive|get|see|hear|find|have|want|need|recognise|recognize)\b[^.]{0,40}",
    r"\b(?:you )?(?:don'?t|won'?t) miss any\b",
    r"\b(?:don'?t|do not|no need to|needn'?t) (?:have |need )?(?:to )?(?:act|decide|respond|choose|hurry)\b[^.]{0,20}",
    r"\b(?:stop|don'?t) us(?:e|ing)\b[^.]{0,40}",
    r"\bit(?:'s| is) too late to (?:change|cancel|edit)\b",
    r"\bmost (?:people|customers|orders)\b[^.]{0,20}\b(?:ask|arrive|wear|find)\b",
)

BLAME = (
    r"\byou (?:should(?:'ve| have)|could have|ought to have) (?:read|checked|told|known|contacted|called|followed|noticed|asked"
    r"|thought|been|looked|said|paid|listened|realized|mentioned|been more)\b",
    r"\byou (?:\w+ )?(?:failed to|neglected to|ignored|misread|misunderstood|mishandled|misused|never (?:told|said|mentioned|read|bothered))\b",
    r"\byou (?:simply |just |clearly |obviously )?(?:didn'?t|did not) (?:even )?(?:read|follow|listen|bother|pay attention|check|look|think)\b",
    r"\b(?:because|since|as) you (?:\w+ )?(?:forgot|entered|chose|broke|lost|typed|didn'?t|did not|ordered the wrong)\b",
    r"^\W*you (?:clearly |obviously )?(?:forgot|broke|lost|damaged|caused)\b|\byou(?:'ve| have) only yourself\b",
    r"\b(?:entirely |clearly |completely |all )?your (?:own )?(?:fault|mistake|error|negligence|carelessness|doing|problem|misuse)\b",
    r"\b(?:as|like) (?:i|we)(?:'ve| have)? (?:already |clearly |just |repeatedly )*(?:said|told|explained|stated|mentioned|written)\b",
    r"\bif you(?:'d| had) (?:only |just |actually |bothered to )*(?:read|followed|checked|listened|looked|asked|told)\b",
    r"\bnext time,? (?:please )?(?:read|check|follow|listen|pay)\b|\b(?:user|customer|operator)(?:'s)? (?:error|fault)\b",
    r"\b(?:that|this|it)(?:'s| is)? (?:is )?not our (?:fault|problem|concern|responsibility)\b|\bcalm down\b|\byou people\b",
    r"\byou (?:are|'re) (?:wrong|mistaken|confused|to blame|at fault|being (?:rude|difficult|unreasonable|ridiculous|impatient))\b",
    r"\bhow many times (?:do|must|have) (?:i|we)\b|\byou can'?t (?:seriously )?expect\b|\banyone (?:else )?(?:would|could) have\b",
)  # fmt: skip
DISPARAGEMENT = (
    r"\b(?:unlike|not like) (?:other|the other|some|our|most|many|those) (?:\w+ )?(?:compan|shop|store|brand|compet|retailer|seller|provider|firm|competition)\w*",
    r"\b(?:competitors?|other (?:shops?|brands?|stores?|companies|retailers?|sellers?|providers?)|the competition)\b[^.!?]{0,50}\b"
    r"(?:cheap(?:ly)?|rip|inferior|scam\w*|lie|lies|lying|overpriced|worse|junk|garbage|terrible|trust\w*|cut corners|unreliable|poor|bad|fail\w*|cheat\w*|don'?t (?:care|bother))\b",
    r"\b(?:cheap|shoddy|second-rate|poor) (?:knock[- ]?offs?|imitations?|copies|copy|rivals?|alternatives?)\b",
    r"\b(?:better|cheaper|faster|safer) than (?:any |all )?(?:other|the other|our compet|the compet)\w*|\bdon'?t (?:trust|buy from|believe) (?:them|other|those)\b",
    r"\b(?:stupid|incompetent|lazy|clueless|useless|ridiculous|pathetic|dishonest|crooked|idiotic)\b[^.!?]{0,30}"
    r"\b(?:courier|carrier|driver|compan\w+|customers?|people|competitors?|supplier|manufacturer|staff|shop|brand)\b",
    r"\b(?:courier|carrier|driver|compan\w+|people|competitors?|supplier|manufacturer|staff|shop|brand|they)\b (?:is|are|was|were) (?:\w+ )?"
    r"(?:stupid|incompetent|lazy|clueless|useless|ridiculous|pathetic|dishonest|crooked|idiots?|liars?|a joke|crooks?)\b",
    r"\b(?:idiots?|morons?|crooks?|swindlers?|amateurs)\b",
)  # fmt: skip
FEELING = (
    r"\b(?:i|we) (?:can |could |do |really |truly |completely |totally |fully |know )*(?:know|understand|imagine|feel|get|sense|appreciate|empathi[sz]e with)"
    r"(?: just| exactly| fully| completely| only)* how (?:you|it|that|this|frustrat|upset|annoy|stress|difficult|disappoint|hard|awful|terrible|painful)\w*",
    r"\b(?:i|we) (?:\w+ )?(?:understand|feel|share|hear) your (?:pain|frustration|anger|disappointment|sorrow|stress|annoyance|anxiety)\b",
    r"\b(?:i|we)(?:'m| am|'re| are) (?:so |very |really |truly |absolutely |just |deeply |beyond |genuinely |also )*(?:excited|thrilled|delighted|overjoyed"
    r"|heartbroken|devastated|saddened|honou?red|over the moon|ecstatic|pumped|stoked|gutted|touched|in tears|moved)\b",
    r"\b(?:breaks?|broke|warms?|warmed|melts?) (?:my|our) hearts?\b|\bfrom the bottom of (?:my|our) hearts?\b|\bit pains (?:me|us)\b|\b(?:my|our) hearts? goes? out\b",
    r"\b(?:i|we)(?:'ve| have) (?:all )?been there\b|\bhappened to (?:me|us) (?:too|as well|once)\b|\b(?:i|we)(?:'d| would) (?:be|feel) (?:\w+ )?(?:frustrated|upset|angry|annoyed|the same) (?:too|as well|way|if)\b",
    r"\b(?:as a|being a) (?:fellow |passionate |keen )?(?:mother|father|parent|hiker|climber|runner|customer|human)(?: myself)?,? i\b|\bi personally (?:love|own|wear|use|hike|recommend)\b",
    r"\b(?:i|we) (?:absolutely |just |truly |really )*(?:love|adore|cherish) (?:you|our customers|hearing|your|that you)\b|\byou mean (?:the world|everything|so much) to (?:me|us)\b",
    r"\bi can hear (?:how|that you)\b|\bi(?:'m| am) (?:a )?(?:real )?human (?:too|just like you|like you)\b",
)  # fmt: skip
SELLING = (
    r"\bwhile (?:you'?re|we have you|i have you|you are) (?:here|at it|on)\b|\bspeaking of which\b[^.]{0,60}\b(?:new|range|offer)\b",
    r"\b(?:have|did) you (?:ever )?(?:consider(?:ed)?|thought about|seen|tried|heard (?:of|about)|check(?:ed)? out) (?:our|upgrad\w+|adding|joining|the new|getting)\b",
    r"\bwhy not (?:try|upgrade|add|treat|join|check|take|go for|also|get)\b|\b(?:check out|discover|explore|take a look at|browse) our (?:\w+ )?(?:new|latest|range|collection|premium|other|offers|deals|summer|winter|spring|autumn|full|bestsell\w+)\b",
    r"\byou (?:might|may|would|will|'ll|'d) (?:also |probably |just |absolutely )*(?:love|like|enjoy|be interested in|want to (?:try|see)) (?:our|the new|these|this new|to (?:try|upgrade))\b",
    r"\bupgrade (?:to|your)\b[^.]{0,40}\b(?:premium|pro|plus|gold|today|now|only|just)\b|\btreat yourself\b|\bpairs? (?:perfectly|beautifully|well) with\b",
    r"\b(?:subscribe|sign up)(?: now| today)? (?:to|for) our (?:newsletter|premium|club|offers|vip)\b|\b(?:customers|people) who bought\b[^.]{0,30}\balso\b",
    r"\badd (?:a|an|our|some|the) [\w -]{2,40} (?:for (?:just|only)|to your order)\b|\bfor (?:just|only) (?:[$€£] ?\d|\d+[.,]?\d* ?(?:€|eur|dollars|pounds))",
    r"\b(?:exclusive|special|unbeatable|amazing|great) (?:offer|deal|discount|price)s?\b[^.]{0,20}\b(?:for you|just for|today|on our)\b|\buse (?:code|coupon|voucher) \w{3,}\b",
    r"\b(?:shop|buy|order) (?:our|the) (?:new|latest|full|summer|winter)\b|\b(?:now available|just (?:arrived|landed|dropped)|introducing|new arrivals?)\b ?[!:]|\bperfect (?:companion|addition|gift|match)\b",
)  # fmt: skip
SUPERLATIVE = (
    r"\bthe (?:very )?(?:best|greatest|finest|coolest|most (?:advanced|innovative|popular|trusted|durable|comfortable|beautiful|reliable|amazing|loved))\b"
    r"[^.!?]{0,40}\b(?:in the (?:world|market|industry|business|country)|ever|on the market|on earth|money can buy|you can (?:buy|get|find)|anywhere|out there)\b",
    r"\b(?:world[- ]class|world'?s (?:best|finest|leading)|unbeatable|unrivall?ed|unmatched|unparallel?ed|second to none|game[- ]chang\w+|revolutionary|cutting[- ]edge"
    r"|best[- ]in[- ]class|mind[- ]blowing|jaw[- ]dropping|out of this world|like no other|legendary|industry[- ]leading|market[- ]leading|top[- ]notch|next[- ]level)\b",
    r"\b(?:number|no\.?|#) ?(?:1|one) (?:brand|choice|shop|store|in|for|rated)\b|\b(?:our|these|this|it'?s|are|is|such an?|an?|truly) (?:\w+ )?"
    r"(?:amazing|incredible|awesome|fantastic|stunning|phenomenal|unbelievable|spectacular|sensational|fabulous|magnificent)\b",
    r"!{2,}|\b100% (?:satisf\w+|perfect|the best)\b|\babsolutely (?:perfect|the best|amazing|love)\b",
)  # fmt: skip
COURTESY = (
    r"\bthank(?:s| you)\b|\bhi\b|\bhello\b|\bdear\b|\bwe (?:really |truly |greatly )?(?:appreciate|value)\b|\bsorry\b|\bapolog\w+\b|\brest assured\b|\bplease be (?:advised|assured)\b"
    r"|\bhave a (?:great|nice|lovely|good|wonderful)\b|\b(?:best|kind|warm) (?:regards|wishes)\b|\bimportant to us\b|\bwe (?:strive|pride)\b|\bhappy to help\b|\bhere (?:to|for) (?:help|you)\b"
    r"|\bhope (?:this|that|you)\b|\blet (?:us|me) know\b|\b(?:don'?t|do not) hesitate\b|\bfeel free\b|\bunderstand(?:ing)? your\b|\bwish you\b|\btake care\b|\bcheers\b|\bgood (?:morning|day|afternoon|evening)\b"
    r"|\bfor (?:reaching out|contacting|writing|getting in touch|your (?:message|patience|understanding|feedback))\b|\bsincerely\b|\byours\b",
)  # fmt: skip
