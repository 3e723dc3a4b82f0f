# ruff: noqa: E501 - one shape a line
"""The shapes of injections, English and German: what to find, and the kind it is. Data only."""

from __future__ import annotations

_DROP = (
    r"(?:ignor(?:e|ing)|forget|disregard|abandon|overrid(?:e|ing)|bypass|neglect|discard|leave"
    r"|don'?t (?:follow|obey|listen to)|stop following|no longer follow|overlook|pay no attention to)"
)
_GIVEN = (
    r"(?:instructions?|prompts?|rules?|orders|commands?|guidelines?|context|information|articles?|texts?|directions?"
    r"|directives?|training|restrictions?|filters?|assignments?|tasks?|thoughts|programming|polic(?:y|ies)|documents?"
    r"|paragraphs?|sources?|questions?|limitations|safeguards|conversation|data|said|told|learned|messages)"
)
_BEFORE = (
    r"(?:all|any|every|everything|previous|prior|above|earlier|former|preceding|foregoing|your|the|these|those|this|my"
    r"|that|other|of|what|initial|original|provided|given|system|safety|existing|current|old)"
)
_VERWIRF = (
    r"(?:vergiss|vergesst|vergessen sie|ignorier\w*|missacht\w*|vernachlässig\w*|verwirf|verwerfe\w*|verwerfen sie|übergeh\w*"
    r"|lösch\w*|beachte\w* nicht|lass\w*)"
)
_VORGABEN = (
    r"(?:\w*anweisung\w*|\w*aufgaben?(?:stellung\w*)?|auftr[aä]g\w*|befehle?\w*|angaben?|\w*informationen?|instruktion\w*|eingaben?"
    r"|anordnung\w*|vorgaben?|regeln?|kontext\w*|artikeln?|texte?\w*|besprochen\w*|gesagt\w*|gelernt\w*|prompts?|einschränkung\w*"
    r"|gedanken|richtlinien?|befehlen)"
)
_ALLES = (
    r"(?:alle[sn]?|bisherig\w*|vorherig\w*|vorangegangen\w*|vorig\w*|obig\w*|deine?\w*|ihre?\w*|die|das|diese\w*|sämtliche\w*|was|davor|sie|bitte"
    r"|früher\w*|zuvor|bis|jetzt|genannt\w*|gegeben\w*|erhalten\w*|nun|mal|doch|bitte|einfach|zunächst|jegliche\w*|meine?\w*|sonstige\w*|und|oben|von|hier|wir|ich|du|dir|vorher)"
)
SHAPES: tuple[tuple[str, str], ...] = (
    ("override", rf"\b{_DROP}(?:,? (?:about |out )?{_BEFORE}){{1,6}}(?: [\w-]+){{0,2}} {_GIVEN}\b"),
    ("override", rf"\b{_DROP} (?:about )?(?:everything|all(?: of it| that)?|anything)\b(?: (?:you|we|i|that|above|before|prior|else|and|from|in|what|so|said|now)\b|[,.!?]|$)"),
    ("override", rf"\b{_DROP} (?:all |everything |what )?(?:that )?(?:you|we|i)(?:'ve| have| were| had)? (?:\w+ )?(?:said|told|learned|discussed|know|been|given|wrote|talked)\b"),
    ("override", r"\b(?:erase|delete|drop|skip|remove|clear|reset) (?:\w+ ){0,4}(?:instructions|prompts?|guidelines|system message|programming|safeguards)\b"),
    ("override", r"\b(?:abweichend (?:zu|von)|entgegen|contrary to|in deviation from|deviating from) (?:\w+ ){0,3}(?:\w*instruktion\w*|\w*anweisung\w*|vorgaben|instructions?|rules|guidelines)\b|\b(?:additional|further|updated|secret|hidden|special|weitere|zusätzliche) (?:instruction|prompt|command|order|anweisung|instruktion)s?(?:en)?\b ?[-:]"),
    ("override", r"(?:^|[.!?]|\b)\W*(?:attention|achtung)?\W*\b(?:stop+|halt)\b ?[-:!.]+ ?(?:i|ich|write|say|now|just|forget|sag|schreib|vergiss|ignor|answer|instead|print)\w*\b|\b(?:die|all|the) (?:obigen|above|vorherigen) (?:\w+ )?(?:ignorieren|vergessen|ignore|forget)\b"),
    ("override", rf"\b{_VERWIRF}(?: {_ALLES}){{1,6}}(?: [\w-]+){{0,2}} {_VORGABEN}"),
    ("override", rf"\b{_VERWIRF} (?:(?:bitte|nun|jetzt|mal|einfach|doch|du|sie) )*(?:alles|sämtliches)\b"),
    ("override", r"\b(?:olvid[ae]|ignora|desestime|deja de lado|oublie[zr]?|ignorez|dimentica|zanemari|zaboravi)\b(?: \w+){0,2} (?:tod[oa]s?|tout\w*|todo|tutt\w*|sve|las|les|instrucciones|instructions)\b"),
    ("override", r"\b(?:new|next|different|real|actual) (?:task|instruction|assignment|challenge|command)s?\b ?(?:for you|follow|:|are followed|,? namely|starts? now|begins? now|are coming)"),
    ("override", r"\bneue[nrs]? (?:anweisung\w*|anordnung\w*|instruktion\w*|befehle?)\b|\bneue[nrs]? (?:aufgaben?|auftrag|aufträge)\b ?(?:[:,.]|für dich|folg)|\b(?:folgen|kommen|folgt|kommt) (?:\w+ ){0,3}(?:aufgaben?|anweisung\w*|auftrag|herausforderung\w*)\b|\baufgaben (?:auf dich|für dich)\b"),
    ("override", r"\b(?:start|begin|fang\w*|beginn\w*|starten?) (?:\w+ ){0,3}(?:over|afresh|from scratch|again|anew|von (?:neuem?|vorne?)|neu)\b(?: \w+){0,4} (?:new|task|neu\w*|aufgab\w*|instruct\w*|anweis\w*|focus)"),
    ("override", r"\b(?:all|alle|any) (?:previous|prior|earlier|the above|bisherigen|vorherigen|obigen|vorangegangenen)\b[^.!?]{0,60}\b(?:irrelevant|invalid|void|obsolete|wrong|forget|ignore\w*|hinfällig|ungültig|egal|nichtig|vergessen|false|unwichtig|no longer)\b"),
    ("override", r"\b(?:was|everything|what|alles)\b[^.!?]{0,50}\b(?:before|previously|above|davor|zuvor|vorher|bisher)\b[^.!?]{0,30}\b(?:doesn'?t matter|is (?:irrelevant|wrong|invalid)|(?:ist|war) (?:egal|irrelevant|falsch|unwichtig))\b|\bfocus (?:only )?on your new\b"),
    ("override", r"\b(?:jailbreak\w*|(?:can|called|named|stands for|mode)[^.!?]{0,20}do anything now|developer mode|dev mode|god mode|admin(?:istrator)? (?:mode|override)|sudo mode|unrestricted mode|safe ?mode off|dan mode)\b|\byou are (?:now )?dan\b|\byou have been (?:freed|jailbroken|unlocked|hacked|updated to)\b"),
    ("override", r"\bwithout (?:any )?(?:restrictions?|filters?|censorship|limitations?|moral|ethical|safety)\b|\b(?:no|not|free of|freed from) (?:longer )?(?:bound|restricted|limited|constrained) by\b|\b(?:ohne|keine) (?:jegliche )?(?:einschränkung\w*|filter|zensur|regeln)\b"),
    ("role", r"\byou are now\b|\bfrom now on,? you(?:'re| are| will| must| should|r)\b|\bab (?:jetzt|sofort) bist du\b|\bdu bist (?:jetzt|nun|ab jetzt|ab sofort|kein|ein\w* (?:ki|bot|linux|terminal|schauspiel|experte|philosoph))\b"),
    ("role", r"\b(?:pretend|imagine|picture|envision|let'?s (?:say|pretend|imagine)) (?:that |to |for a moment |just |now |,)*(?:you(?:'re| are| have| were| can| could| live| had|r)\b|be\b|i am your|we are)"),
    ("role", r"\b(?:now|nun|jetzt),? (?:you are|you're|bist du|sind sie) \p{L}+|\b(?:fungier\w*|(?:als|as) (?:\w+ )?(?:debat\w+|terminal|übersetzer\w*|translator|interpreter|simulator|konsole|console))\b|\b(?:stay|remain|bleib\w*) (?:\w+ ){0,2}in (?:\w+ )?(?:role|character|rolle\w*)\b|\bbreak(?:ing)? character\b|\b(?:in (?:deiner|ihrer|den) rollen? (?:auf|und|ohne)|in your role|aus der rolle)\b"),
    ("role", r"\b(?:i want you to|you will|you shall|you should|you must|please|can you|could you|now|i would like you to) (?:now )?(?:act|behave|respond|answer|talk|speak|write|play|function|serve) (?:only )?(?:as|like)\b (?:if|an?|the|my|you)\b|^\W*act as (?:an?|if|the|my)\b|\bsimulate (?:an?|the|being)\b|\brole[- ]?play(?:ing)?\b|\bplay the role of\b"),
    ("role", r"\b(?:stell\w*|stellen sie) (?:dir|sich|dich)?(?: \w+){0,2} vor,? (?:dass )?(?:du|sie)\b|\btu\w* (?:mal |bitte )?so,? als\b|\b(?:verhalte?|benimm|benehme) dich (?:wie|als)\b|\b(?:agier|handl|antwort|fungier|reagier|sprich|schreib)\w* (?:\w+ )?(?:als|wie) (?:ein|wärst|ob)\w*\b|\b(?:spiel\w*|übernimm|schlüpf\w*) (?:\w+ ){0,2}(?:rolle|in die rolle)\b|\bals ob du\b|\bbist ein\w* schauspieler\w*\b"),
    ("role", r"\bmy (?:late |deceased )?(?:grandmother|grandma)\b[^.!?]{0,60}\b(?:used to|would) (?:tell|read|say)\b|\byou(?:'re| are) an? (?:evil|unrestricted|unfiltered|uncensored|linux|hacker|actor|author|journalist|philosopher|poet)\b"),
    ("dictation", r"\b(?:say|repeat|answer|respond|reply|write|print|output|return|state|type|scream|shout) (?:(?:to|it|me|this|that|back|now|simply|always|please|in) ){0,3}(?:only |just |exactly |nothing but )(?:with )?\b|\brepeat after me\b|\b(?:only|just|simply|always) (?:say|answer|respond|reply|output|print|write|return)\b (?:with|that|in \w+|\W)"),
    ("dictation", r"\b(?:say|sag|sage) (?:yes|no|ja|nein)[.!]|\binclude (?:that|in your answer)\b|\bin your (?:answer|response|reply) ?[.!,:]|\b(?:antworte\w*|answer) im stil|\bin the style of\b|\b(?:untrue|false|fake|unwahre?|falsche|erfundene) (?:headline|überschrift|news|nachricht\w*|schlagzeile)\b|\b(?:manifesto?|manifest) (?:for|zur|für|of)\b|\bpwned\b|\bexploit\w* (?:ai|ki)\b"),
    ("dictation", r"(?:^|[.!?:;,-] ?|\b(?:please|just|and|then|now|only|must|should|instead|to me|me) )(?:say|state|tell me|claim|admit|confess|scream|write|declare|answer) that (?:you|the [\w-]+ (?:is|are)|\w+ (?:is|are) the (?:most|best|greatest)|\w+ should|all|everything|this)\b|(?:^|[.!?:;,-] ?|\b(?:please|just|and|then|now|only|must|should|instead|bitte|nur) )(?:say|answer|respond|reply|write|output|print|schreibe?|sage?|antworte)\b ?(?:with )?[\"'“„»][^\"'”“»]{1,80}[\"'”“«]?"),
    ("dictation", r"\b(?:start|begin|end|finish|open) (?:each |every |all |of )*(?:your|the) (?:\w+ )?(?:answers?|responses?|sentences?|repl(?:y|ies)|output|texts?)\b|\bstarte?\w* (?:jede\w* |deine\w* |ihre\w* )+(?:antwort\w*|sätze?)\b|\b(?:your|the) (?:answer|response|reply|output) (?:must|should|has to|shall|may) (?:only |start|begin|be|not|contain|always|include)"),
    ("dictation", r"\b(?:sag|sage|sagst|schreib|schreibe|schreibst|antworte|antworten sie|wiederhole|wiederholen sie|gib|gebe|nenne?)\b(?: \w+){0,3} (?:nur|einfach|lediglich|ausschließlich|immer|exakt|genau)\b|\b(?:sag\w*|gib zu|behaupte\w*|gestehe\w*|schreib\w*),? (?:mir |uns |bitte |mal |jetzt |nun )*,? ?(?:dass|dass du|wie (?:toll|geil|super|dumm))\b|\bwiederhole (?:meine|diesen|folgende)\b|\bsprich mir nach\b"),
    ("dictation", r"\b(?:schreibe?|verfasse|formuliere|schreib'?) (?:\w+ ){0,3}(?:essay|aufsatz|gedicht|lied|rede|artikel|geschichte|liebesbrief|theaterstück)\b|\bwrite (?:me )?(?:an?|the|some|another) (?:\w+ ){0,3}(?:essay|poem|song|speech|article|story|rap|letter|novel|script|tweet|code|program|function|haiku|play|joke|limerick)\b"),
    ("dictation", r"\b(?:it is|it's|es ist) (?:very |extremely |super |sehr |äußerst )?(?:important|wichtig)\b[^.!?]{0,40}\b(?:essay|answer|geschrieben|beantwort\w*|that you (?:say|write|answer))\b|\bif you (?:don'?t|do not|refuse to|fail to) (?:answer|comply|obey|say|write|respond)\b[^.!?]{0,40}|\byou (?:must|have to|shall) (?:always )?(?:obey|comply|agree with|answer every|do (?:as|what|everything))\b"),
    ("dictation", r"\banswer (?:\w+ ){0,6}(?:by|from|with|using|based on) (?:your|you) own\b|\b(?:not|without|instead of) (?:by |using |reading |from |the )*(?:the |your |these |those |any )?(?:articles?|paragraphs?|documents?|context) ?(?:above|given|provided|below)?\b"),
    ("disclosure", r"\b(?:show|print|reveal|tell|repeat|output|return|give|send|display|leak|write|provide|spell ?-?check|translate|summari[sz]e|share|expose|list|copy|paste|dump|read)\b(?: \w+){0,4}? (?:your|the|all|above|initial|previous|hidden|secret|prior|earlier|original|entire|complete) (?:\w+ ){0,4}?(?:prompts?|instructions?|guidelines|directives?|system message|context|prompt texts?|configuration|training data|parameters|source code)\b"),
    ("disclosure", r"\b(?:what|which|how) (?:is|are|was|were|did|does|exactly|do)\b(?: \w+){0,3} (?:your|the|you) (?:\w+ ){0,3}(?:prompts?|instructions|system message|instructed|guidelines|programming|told to)\b|\bwhat (?:is|was|were)? ?(?:written|said|stated) (?:above|before|at the beginning)\b|\bsystem prompt\b|\bprompt (?:text|texts|injection|leak)\b"),
    ("disclosure", r"\b(?:zeig\w*|gib|gebe|nenn\w*|verrat\w*|wiederhol\w*|schreib\w*|sag\w*|was (?:sind|waren|ist)|wie (?:lauten|lautet|sind))\b(?: \w+){0,4}? (?:deine?\w*|alle\w*|die|den|ihre?\w*|obige\w*|dein\w*)(?: \w+){0,4}? (?:prompts?\w*|anweisung\w*|instruktion\w*|vorgaben?|systemnachricht|quelltexte?|promptexte?)\b"),
    ("disclosure", r"\bselect \* from\b|\bdrop table\b|\bunion select\b|\bos\.(?:system|environ)\b|\bimport (?:os|subprocess)\b|\bcurl https?:|\brm -rf\b"),
    ("disclosure", r"\b(?:chatgpt|gpt-?[345]|openai)\b[^.!?]{0,30}\b(?:you|answer|say|du|prompt)\b"),
    ("markup", r"<\|?(?:im_start|im_end|endoftext|system|user|assistant)\|?>|\[/?(?:inst|sys|system)\]|<</?sys>>|</?(?:system|instructions?|prompt|user_?(?:input|query)|assistant)>|^\s*#{2,} ?(?:instruction|system|prompt|response|new)|^\s*(?:system|assistant|admin|developer) ?: |-{3,} ?(?:end|begin|start) of|={4,}|\b(?:document |documents? )?(?:context|kontext|documents?) ?[:=]? ?[{\"\[]|^\$?(?:context|kontext|documents?) ?:|\bend of (?:prompt|instructions|context|user input)\b|\+{5,}|\){6,}"),
    ("spaced", r"(?:^|\s)(?:\p{L} ){8,}\p{L}(?:\s|$|[.,!?])"),
)  # fmt: skip
