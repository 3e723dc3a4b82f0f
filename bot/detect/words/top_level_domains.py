"""The last parts of domain names that a bare `name.ending` is taken for an address by.

Every country's (all regions that have telephone numbers, and three more), and the general ones
that people meet. Not the whole registry: with its thousand rare words every missing space would be
one.
"""

from __future__ import annotations

_COUNTRIES = """
    ac ad ae af ag ai al am ao ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br
    bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec
    ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gt gu gw gy hk
    hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb
    lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my
    mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pr ps pt pw py qa re ro rs
    ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz ta tc td tg th tj tk tl
    tm tn to tr tt tv tw tz ua ug us uy uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw uk eu su
"""
_GENERAL = """
    com net org info biz name pro edu gov mil int arpa mobi jobs travel museum coop aero cat tel
    post asia xxx app dev page web site online store shop blog cloud tech digital agency academy
    accountants actor adult art associates attorney auction audio auto autos baby band bank bar
    bargains beauty beer best bet bid bike bingo bio black blue boutique broker build builders
    business buy buzz cab cafe cam camera camp capital car cards care career careers cars casa
    cash casino center ceo chat cheap church city claims cleaning click clinic clothing club
    coach codes coffee community company computer condos construction consulting contact cooking
    cool country coupons courses credit cruises dance data date dating deals delivery democrat
    dental dentist design diamonds diet direct directory discount doctor dog domains download
    eco education email energy engineer engineering enterprises equipment estate events exchange
    expert exposed express fail faith family fan fans farm fashion film finance financial fish
    fishing fit fitness flights florist flowers football forex forsale foundation fun fund
    furniture futbol fyi gallery game games garden gift gifts gives glass global gmbh gold golf
    graphics gratis green gripe group guide guitars guru hair haus health healthcare help hiphop
    hockey holdings holiday homes horse hospital host hosting hotel house how immo industries
    ink institute insurance insure international investments irish ist jewelry juegos kaufen kim
    kitchen koeln land law lawyer lease legal lgbt life lighting limited limo link live loan
    loans lol love ltd luxury maison management market marketing markets mba media memorial men
    menu mom money monster mortgage moto motorcycles movie network news ngo ninja observer one
    ong onl ooo organic partners parts party pet phone photo photography photos physio pics
    pictures pink pizza place plumbing plus poker porn press productions promo properties
    property protection pub quest racing recipes red rehab reise reisen ren rent rentals repair
    report republican rest restaurant review reviews rich rip rocks rodeo run sale salon sarl
    school schule science security services sex sexy shiksha shoes shopping show singles skin
    soccer social software solar solutions soy space store stream studio study style sucks
    supplies supply support surf surgery systems tattoo tax taxi team technology tennis theater
    tickets tienda tips tires today tools top tours town toys trade training tube university uno
    vacations ventures vet viajes video villas vin vip vision vodka vote voyage watch webcam
    website wedding wiki win wine work works world wtf xyz yoga zone amsterdam berlin bayern
    hamburg london nyc paris swiss tirol tokyo vegas wien google apple amazon aws azure
    microsoft youtube zip mov example test invalid
"""
ENDINGS = frozenset((_COUNTRIES + _GENERAL).split()) | {
    *("рф", "бел", "укр", "中国", "中國", "香港", "台灣", "한국", "भारत", "ευ", "бг", "срб"),
}
"""Folded, without the dot."""
