"""Facts see what is there, at its place, and nothing that code itself put in."""

from dataclasses import replace
from datetime import date

import pytest

from bot.detect.folding import replace_surrogates
from bot.model import Envelope, Origin, Source
from bot.policy.facts import link_facts, privacy_facts, promise_facts, speaker_facts, text_facts
from bot.policy.facts.fact_cache import FactCache
from bot.understanding.signals import asks_whether_software, is_question
from tests.unit.policy.samples import reply


def enveloped(body: str = "You can return boots.", entry: str = "k3v9", **given):
    """A reply as the desk would send it, with its entry's three links."""
    subject = reply(body, hosts=["brand.example"], **given)
    url = f"https://brand.example/record/{entry}"
    links = (("Why?", url), ("Wrong?", f"{url}/wrong"), ("A person", f"{url}/person"))
    around = replace(subject.reply.envelope, entry_url=url, links=links)
    return replace(subject, reply=replace(subject.reply, entry=entry, envelope=around))


def test_the_parts_are_where_they_stand():
    subject = enveloped(greeting="Hello Jonas,")
    source = Source("Returns", "https://brand.example/returns", date(2026, 11, 2))
    around = replace(subject.reply.envelope, sources=(source,))
    subject = replace(subject, reply=replace(subject.reply, envelope=around))
    text = subject.reply.text
    parts = [
        (part, text[start:end]) for part, start, end in text_facts.reply_parts(FactCache(subject))
    ]
    assert parts == [
        ("greeting", "Hello Jonas,"),
        ("body", "You can return boots."),
        ("source", "Returns: https://brand.example/returns"),
        ("speaker", around.speaker),
        ("link", "Why? https://brand.example/record/k3v9"),
        ("link", "Wrong? https://brand.example/record/k3v9/wrong"),
        ("link", "A person: https://brand.example/record/k3v9/person"),
    ]


def test_an_entry_address_is_not_taken_for_personal_data():
    subject = enveloped(entry="4915123456789")
    assert privacy_facts.find_personal_data_items(FactCache(subject)) == ()


def test_anything_else_in_an_address_is_read():
    subject = enveloped("See https://brand.example/record/?mail=a.person@posteo.example")
    assert [item.words for item in privacy_facts.find_personal_data_items(FactCache(subject))]


def test_a_body_cannot_hide_behind_the_entry_address():
    """The same characters elsewhere are not code's."""
    subject = enveloped("Call 4915123456789.", entry="4915123456789")
    (item,) = privacy_facts.find_personal_data_items(FactCache(subject))
    assert item.fields["part"] == "body"


def test_the_entry_address_in_a_body_is_read():
    """Only where code puts it is it code's."""
    subject = enveloped("See https://brand.example/record/4915123456789", entry="4915123456789")
    (item,) = privacy_facts.find_personal_data_items(FactCache(subject))
    assert item.fields["part"] == "body"


def test_blanking_moves_nothing():
    seen = FactCache(enveloped())
    own, whole = text_facts.blank_entry_links(seen), text_facts.reply_text(seen)
    assert len(own) == len(whole)
    assert "k3v9" in whole
    assert "k3v9" not in own


@pytest.mark.parametrize("private", [["+49 151 23456789"], ["0151/23456789"]])
def test_the_customers_own_number_is_known_however_it_is_written(private):
    subject = reply("We call +49 151 23456789.", private=private, audience="private")
    items = privacy_facts.find_personal_data_items(FactCache(subject))
    assert len(items) == 1


def test_a_published_contact_is_nobodys_secret():
    fact = {"service.phone": "Call us on +49 30 901820 from nine to six."}
    subject = reply("Call us on +49 30 901820.", published=fact)
    assert privacy_facts.find_personal_data_items(FactCache(subject)) == ()


@pytest.mark.parametrize(
    ("text", "host", "own"),
    [
        ("https://brand.example/a", "brand.example", True),
        ("www.brand.example", "brand.example", True),
        ("https://shop.brand.example/a", "shop.brand.example", False),
        ("https://brand.example.evil.example", "brand.example.evil.example", False),
        ("https://evil.example/brand.example", "evil.example", False),
    ],
)
def test_whose_an_address_is(text, host, own):
    (link,) = link_facts.find_link_items(FactCache(reply(f"See {text}", hosts=["brand.example"])))
    assert (link.fields["host"], link.fields["own"]) == (host, own)


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("origin", ["software", "edited", "person", "notice"])
def test_what_code_says_of_the_speaker_is_true(origin, locale):
    subject = reply(origin=origin, locale=locale, brand="Trailhead")
    assert speaker_facts.is_speaker_line_true(FactCache(subject))
    assert speaker_facts.names_brand(FactCache(subject))
    assert speaker_facts.says_software(FactCache(subject)) is (origin != "person")


@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize("other", list(Origin))
def test_the_label_of_another_origin_is_not_true(origin, other):
    subject = reply(origin=origin.value, brand="Trailhead")
    label = reply(origin=other.value, brand="Trailhead").reply.envelope.speaker
    subject = replace(subject, reply=replace(subject.reply, envelope=Envelope(speaker=label)))
    assert speaker_facts.is_speaker_line_true(FactCache(subject)) is (origin is other)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Are you a bot?", True),
        ("am I talking to a real person", True),
        ("Is this automated?", True),
        ("Is there a human here?", True),
        ("Bist du ein Bot?", True),
        ("Schreibe ich hier mit einer Maschine?", True),
        ("Sind Sie ein echter Mensch?", True),
        ("Are you open today?", False),
        ("Is this tent for one person?", False),
        ("Does the washing machine harm the jacket?", False),
        ("Ist die Jacke für die Waschmaschine geeignet?", False),
        ("Bist du heute da?", False),
    ],
)
def test_are_you_a_bot(text, asks):
    assert asks_whether_software(text) is asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Can I return boots", True),
        ("boots: return possible?", True),
        ("Kann ich Stiefel zurückgeben", True),
        ("Thanks, that helped.", False),
        ("Danke!", False),
        ("My boots are wet.", False),
    ],
)
def test_a_question(text, asks):
    assert is_question(text) is asks


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("I'm a real person.", True),
        ("You are talking to a human.", True),
        ("I am not a bot.", True),
        ("Ich bin ein Mensch.", True),
        ("Sie sprechen mit einer echten Person.", True),
        ("Das ist kein Bot.", True),
        ("A person approves every answer.", False),
        ("This tent is for one person.", False),
        ("I am not a person but software.", False),
        ("Ich bin Software.", False),
    ],
)
def test_claims_to_be_human(text, claims):
    found = speaker_facts.find_human_claims(FactCache(reply(text)))
    assert bool(found) is claims
    for item in found:
        assert replace_surrogates(reply(text).reply.text)[item.start : item.end] == item.words


PUBLISHED = {
    "returns.window": {
        "text": {
            "en": "You can return unworn items within 60 days of delivery.",
            "de": "Sie können ungetragene Artikel innerhalb von 60 Tagen zurückgeben.",
        }
    },
    "offers.news": {"text": "New subscribers get 10% off their first order.", "offer": True},
}


@pytest.mark.parametrize(
    ("text", "words", "backed", "offer"),
    [
        ("You can return unworn items within 60 days of delivery.", "60 days", True, False),
        ("You can return unworn items within 61 days of delivery.", "61 days", False, False),
        ("New subscribers get 10% off their first order.", "10%", True, True),
        ("Here is 30% off.", "30%", False, True),
        ("There is no 30% discount.", "30%", False, False),
        ("We will waive the fee.", "waive", False, True),
        ("We won't waive the fee.", "waive", False, False),
        ("Gift wrapping is free.", "free", False, True),
    ],
)
def test_what_stands_behind_a_promise(text, words, backed, offer):
    items = {
        i.words: i
        for i in promise_facts.find_commitment_items(FactCache(reply(text, published=PUBLISHED)))
    }
    assert (items[words].fields["backed"], items[words].fields["offer"]) == (backed, offer)
    assert bool(items[words].fields["id"]) is backed


def test_promises_stand_where_they_stand_in_the_whole_text():
    subject = reply("Here is 30% off.", greeting="Hello Jonas,")
    (item,) = promise_facts.find_offer_items(FactCache(subject))
    assert subject.reply.text[item.start : item.end] == "30%"


@pytest.mark.parametrize(
    ("text", "minor"), [("It costs 5.50 EUR.", 550), ("It costs 500 JPY.", 500), ("It is free.", 0)]
)
def test_money_is_counted_in_the_smallest_unit(text, minor):
    (item,) = promise_facts.find_commitment_items(FactCache(reply(text)))
    assert item.fields["minor"] == minor


def test_a_contradiction_shows_both_sides():
    subject = reply("You can return unworn items within 90 days.", published=PUBLISHED)
    (item,) = promise_facts.find_conflict_items(FactCache(subject))
    assert (item.fields["kind"], item.fields["topic"]) == ("published", "returns")
    assert "60 days" in item.fields["then"]
    assert "90 days" in item.fields["now"]


def test_what_was_told_before_is_shown_with_its_day():
    told = {"text": "You can return items within 30 days of delivery.", "topic": "returns"}
    subject = reply(
        "You can return unworn items within 60 days of delivery.",
        published=PUBLISHED,
        facts=["returns.window"],
        earlier=[{**told, "said_on": "2026-01-12"}],
    )
    (item,) = promise_facts.find_conflict_items(FactCache(subject))
    assert (item.fields["kind"], item.fields["said_on"]) == ("record", "2026-01-12")
    assert item.fields["text"] == told["text"]
