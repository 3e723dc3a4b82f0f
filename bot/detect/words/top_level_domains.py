"""The last parts of domain names that a bare `name.ending` is taken for an address by.

Every country's (the regions that `phonenumbers` knows, and four more), and the general ones that
people meet. Not the whole registry: with its thousand rare words every missing space would be one.
"""

from __future__ import annotations

from phonenumbers import SUPPORTED_REGIONS

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
ENDINGS = frozenset(_GENERAL.split()) | {
    *(region.lower() for region in SUPPORTED_REGIONS),
    *("uk", "eu", "su", "ac"),
    *("рф", "бел", "укр", "中国", "中國", "香港", "台灣", "한국", "भारत", "ευ", "бг", "срб"),
}
"""Folded, without the dot."""
