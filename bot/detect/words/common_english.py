"""English: function words, everyday words, and the words of shops and help desks."""

from __future__ import annotations

ENDINGS = (
    ("'s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"),
    ("ing", ""), ("ing", "e"), ("ly", ""), ("ily", "y"), ("er", ""), ("er", "e"), ("est", ""),
    ("ness", ""), ("ment", ""), ("able", ""), ("al", ""), ("ful", ""), ("less", ""),
)  # fmt: skip

_WORDS = """
a ability able about above accept access accessory accident accord account accurate across act
action active activity actual add address adjust adult advance advice affect afford afraid after
again against age agent ago agree ahead air alarm alike all allow almost alone along already
also although always am amaze american among amount an and angry animal another answer any
anybody anyone anything anyway anywhere apart apologize apology app appear apply appreciate
approach appropriate approve april area argue arm around arrange arrive art article as aside ask
asleep assist assume at attach attempt attend attention august authorize automatic available
average avoid await awake aware away baby back bad bag balance ball ban band bank bar bare base
basic basis basket bath battery be beach bear beat beautiful became because become bed bedroom
been before began begin behalf behind being believe bell belong below belt beneath benefit
beside best bet better between beyond bicycle big bike bill bind birth birthday bit bite bitter
black blame blank block blood blow blue board boat body boil bold book boot border born borrow
boss both bother bottle bottom bought bound bowl box boy brand brave bread break breakfast
bridge brief bright bring broad broke broken brother brought brown brush budget bug build built
bundle burn bus business busy but button buy by cabin cable cake calendar call calm came camera
camp can cancel candle cannot cap capacity capital car card care career carrier carry cart
carton case cash catalogue catch category caught cause caution center central centre certain
chain chair chance change channel chapter character charge chargeback chart chat cheap check
checkout cheese chest child children choice choose chose chosen circle circumstance city claim
class clean clear clever click client climb clock close cloth clothes clothing cloud club coast
coat code coffee coin cold collect college color colour column come comfort command comment
common communicate community company compare compass compensate competition complain complaint
complete complicate computer concern condition confirm confuse connect consider constant contact
contain content contest continue contract control convenient conversation convert cook cookie
cool copy corner correct cost cotton could count counter country couple coupon courier course
court cover cracked crash crazy create credential credit crew crisp criteria critical cross
crowd cry culture cup currency current curve custom customer cut cute cycle daily damage dance
danger dark data database date daughter day dead deadline deal dear debit december decent decide
decision declare decline deep default defect define definite degree delay delete deliver
delivery demand density deny department depend deposit depth describe description desert deserve
design desire desk destination detail detect determine device dial diary did didn die differ
difference different difficult digital dinner direct direction dirt dirty disable disagree
disappear disappoint disclose discount discover discuss dish dispatch display dispute distance
divide do doctor document does doesn dog dollar domestic don done door double doubt down
download dr draft draw drawer dream dress drink drive driver drop dry due duration during dust
duty each ear early earn earth easily east easy eat edge edit effect effort egg either elastic
electric electronic element elevator eligible else email emergency empty enable end energy
engine english enjoy enough ensure enter entertain entire entitle entrance entry envelope
environment equal equipment error escape especially essential estimate eu eur euro europe
european even evening event eventual ever every everybody everyone everything everywhere exact
example excellent except exception exchange excite exclude excuse exercise exist exit expect
expense expensive experience expert expire explain explore express extend extension extra
extreme eye fabric face fact factor factory fair faith fall false familiar family famous fan far
farm fashion fast fat father fault faulty favor favorite favour feature february fee feed
feedback feel feet fell felt female few field fifty fight figure file fill filter final find
fine finger finish fire firm first fish fit five fix flag flat flavor flexible flight float
floor flow flower fly focus foggy fold follow food foot for force foreign forest forget forgot
forgotten form formal format forth fortunate forum forward found four frame free freeze fresh
friday friend from front fruit frustrate fuel full fun function fund funny fur furniture further
future gadget gain game gap garage garden garment gas gate gather gauge gave gbp gear general
generate genuine german get gift girl give given glad glass global glove goal goes gold gone
good got grab grade gram grand grant grass grateful gray great green grey ground group grow
guarantee guard guess guest guide guideline guy had hair half hall hand handle hang happen happy
hard hardly hardware has hat hate have haven having he head health hear heard heart heat heavy
height held hello help her here herself hesitate hi hidden hide high hike hill him himself hint
hip his history hit hold hole holiday home honest honor hood hook hope horse hospital host hot
hotel hour house how however huge human hundred hungry hurry hurt hygiene i ice idea ideal
identify identity if ignore ill image imagine immediate impact import important improve in inch
incident include income inconvenience incorrect increase indeed independent indicate individual
indoor industry inform information inner inquire inquiry insert inside insist inspect install
instance instant instead instruct instruction insulate insurance insure intend interest internal
international internet interrupt into introduce inventory invest investigate invite invoice
involve iron is isn issue it item its itself jacket january jeans job join journey judge july
jump june just keen keep kept key kick kid kill kilometer kind kit kitchen knee knew knife knock
know knowledge known label lack lady lake lamp land language laptop large last late later latter
laugh launch law lawyer layer lead leaf league leak learn least leather leave left leg legal
leisure lend length less lesson let letter level library licence license lie life lift light
like likely limit line link lip liquid list listen liter litre little live load loan local
locate location lock log login logo long look loose lose loss lost lot loud love low loyal
loyalty luck lucky luggage lunch machine mad made magazine mail main maintain major make male
man manage manager manner manual manufacture many map march mark market master mat match
material matter max maximum may maybe me meal mean measure meat mechanical media medical
medicine medium meet member membership memory men mention menu merchandise merchant merge mess
message met metal meter method middle might mild mile milk mind mine mini minimum minor minute
mirror miss mistake mistaken mix mobile mode model modern modify moment monday money monitor
month mood moon more morning most mother motion motor mountain mouse mouth move movie mr mrs ms
much multiple music must my myself name narrow nation native nature near neat necessary neck
need negative neighbor neighbour neither net network never new news next nice night nine no
nobody noise none noon nor normal north nose not note nothing notice notify november now nowhere
number nurse obtain obvious occasion occur ocean october odd of off offer office official
offline often oh oil ok okay old older on once one online only onto open operate opinion
opportunity oppose opt option or orange order ordinary organic origin original other otherwise
ought our ours ourselves out outdoor outer outlet outside outstanding oven over overall
overnight owe own owner pace pack package packet pad page paid pain paint pair pan panel panic
pant pants paper parcel pardon parent park part participate particular partner party pass
passenger passport password past patch path patience patient pattern pause pay payment peace
peak pen pencil pending people per perfect perform perhaps period permanent permission permit
person personal pet phone photo phrase physical pick pickup picture piece pin pink pipe pitch
place plain plan plane plant plastic plate platform play player please pleasure plenty plug plus
pocket point pole police policy polite poor pop popular port portable portal portion position
positive possible post postage postal pot potential pound pour power practice precise prefer
premium prepaid prepare presence present press pressure pretend pretty prevent previous price
primary print printer prior priority privacy private prize probable problem procedure proceed
process produce product profession professional profile profit program progress project promise
promo promote promotion prompt proof proper property protect proud prove provide provider public
publish pull pump purchase pure purple purpose push put qualify quality quantity quarter queen
question queue quick quiet quit quite quote race rack radio rail rain raise ran random range
rank rare rate rather rating raw reach react read ready real realize really rear reason receipt
receive recent reception recipient recognize recommend record recover recycle red redeem reduce
refer reference reflect refresh refund refuse regard regardless region register registration
regret regular regulation reject relate relax release relevant reliable relief rely remain
remark remedy remember remind remote removal remove rent repair repeat replace reply report
represent request require reroute rescue reserve reset reship resident resolve resource respect
respond response responsible rest restaurant restock restore restrict result resume retail
retailer retain retry return reveal reverse review reward rich rid ride right ring rip rise risk
river road rock role roll roof room root rope rough round route row rubber rude rule run rush
sad safe safety said sail salary sale salt same sample sand sandal sat satisfy saturday save saw
say scale scan scene schedule school science scope score scratch screen screw sea search season
seat second secret section sector secure security see seek seem seen select self sell seller
send sender sense sensitive sent sentence separate september serial series serious serve service
session set settle seven several severe sew sex shade shadow shake shall shame shape share sharp
she sheet shelf shell ship shipment shipper shirt shock shoe shoot shop shopper short shot
should shoulder shout show shower shut sick side sign signature silent silk silver similar
simple since sincere single sister sit site situation six size skill skin skip skirt sky sleep
sleeping sleeve slide slight slip slow small smart smell smile smoke smooth snow so soap social
sock soft software soil sold sole solid solution solve some somebody someone something sometimes
somewhere son song soon sore sorry sort sound soup source south space spare speak special
specific speech speed spell spend spent spirit split spoke spoken sport spot spray spread spring
square stable staff stage stain stand standard star start state statement station status stay
steal steel steep step stick still stitch stock stole stolen stomach stone stood stop storage
store storm story stove straight strange strap stream street strength stress stretch strict
strike string strip strong structure stuck student study stuff stupid style subject submit
subscribe subscription substitute success such sudden suffer sugar suggest suit suitable sum
summary summer sun sunday supplement supplier supply support suppose sure surface surprise
survey suspect suspend sweet swim swipe switch symbol system table tablet tag tail take taken
talk tall tank tap tape target task taste tax tea teach team tear technical technician
technology teeth tell temperature temporary ten tent term test text than thank thanks that the
theft their theirs them themselves then there therefore these they thick thin thing think third
this those though thought thousand thread threat three through throughout throw thumb thursday
thus ticket tie tight till time tiny tip tire tired title to today together toilet told tomorrow
ton tone tongue tonight too took tool tooth top topic total touch tough tour tourist toward
towel tower town toy trace track trade traffic trail trailer train transaction transfer transit
translate transport trash travel treat treatment tree trial trip trouble trousers truck true
trust truth try tube tuesday turn twelve twenty twice two type typical ugly uk umbrella unable
unauthorized under understand understood undo unfortunately uniform union unique unit university
unknown unless unlike unopened until unused unusual unworn up update upgrade upload upon upper
upset urgent us usa usage usd use used user usual vacation valid value van various vary vehicle
vendor verify version very via video view visa visible visit voice void volume vote voucher wait
wake walk wall wallet want war warehouse warm warn warranty was wash wasn waste watch water
waterproof wave way we weak wear weather web website wednesday week weekend weigh weight welcome
well went were west wet what whatever wheel when whenever where whereas wherever whether which
while white who whoever whole wholesale whom whose why wide wife wild will willing win wind
window wine wing winter wipe wire wise wish with withdraw withdrawal within without woman women
won wonder wood wool word wore work world worn worry worse worst worth would wouldn wound wrap
write written wrong wrote yard year yellow yes yesterday yet you young your yours yourself zero
zip zipper zone
"""
COMMON = frozenset(_WORDS.split())
