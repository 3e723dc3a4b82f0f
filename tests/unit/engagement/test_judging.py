"""What is judged carries all that rules may look at; a reply is built in three ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.brand.advocates import Advocate
from bot.brand.culture import Culture
from bot.brand.limits import SendLimits
from bot.engagement.judging import (
    clock_of,
    delivery_id,
    intent_of,
    judge_alone,
    judge_ask,
    judge_candidate,
    list_texts_to_judge,
    message_subject,
    notice_for,
    notice_to,
    own_reply,
    private_values,
    propose,
    reply_subject,
    software_reply,
    weigh_message,
)
from bot.knowledge import Knowledge, Past
from bot.model import (
    Audience,
    Clock,
    Commitment,
    CommitmentKind,
    Context,
    Engagement,
    Origin,
    Outcome,
    Reason,
    Reply,
    Understanding,
    Why,
)
from bot.model import events as e
from bot.model.reply import address, digest
from bot.policy.subject import PastStatement
from tests.unit.engagement.building import (
    ADA,
    BRAND,
    CARE,
    CARE_HOURS,
    DUE,
    HOUR,
    HOURS,
    KNOWLEDGE,
    LOOKED,
    NOW,
    PLACES,
    PUBLISHED,
    ask,
    draft,
    message,
    reading,
    waiting,
    with_brand,
    with_rules,
)

LATE_EVENING = datetime(2026, 11, 23, 23, 30, tzinfo=NOW.tzinfo)  # in Berlin, the next day
PROFILE = Culture(
    *("web", "lea", date(2027, 4, 1), "warm"), greeting={"en": "Hi {name}!"}, emoji=False
)
POLITE = replace(with_brand(greet_by_name=True), cultures={"web": PROFILE})


def read(text: str = "Can I return boots?", **more: object) -> Engagement:
    known = Understanding(reading(), LOOKED)
    return replace(ask(text), **{"understanding": known, **more})


def drafted(**more: object) -> Engagement:
    it = read(**more)
    return replace(it, proposal=it.proposal.begin(draft(facts=("returns.window",)), NOW))


# replies


def test_the_softwares_draft_in_its_envelope() -> None:
    reply = software_reply(drafted(replies=2), KNOWLEDGE)
    assert (reply.body, reply.origin, reply.locale) == (
        "You can return boots.",
        Origin.SOFTWARE,
        "en",
    )
    assert (reply.answers, reply.intent, reply.facts) == (
        ("m1@0",),
        "returns",
        ("returns.window",),
    )
    assert reply.entry == address("e1", 2)
    assert [it.url for it in reply.envelope.sources] == ["https://boots.example/returns"]
    assert reply.envelope.greeting == ""
    assert reply.envelope.label == ""


def test_people_are_greeted_as_the_channel_has_it() -> None:
    assert software_reply(drafted(), POLITE).envelope.greeting == "Hi Jonas!"
    elsewhere = replace(POLITE, cultures={})
    assert software_reply(drafted(), elsewhere).envelope.greeting == "Hello Jonas,"
    silent = replace(POLITE, cultures={"web": replace(PROFILE, greeting={})})
    assert software_reply(drafted(), silent).envelope.greeting == "Hello Jonas,"


@pytest.mark.parametrize(("intent", "labelled"), [("offers", True), ("returns", False)])
def test_advertising_says_so(intent: str, labelled: bool) -> None:
    known = Understanding(reading(intent), LOOKED)
    reply = software_reply(drafted(understanding=known), KNOWLEDGE)
    assert bool(reply.envelope.label) is labelled


def test_what_is_put_right_is_named() -> None:
    assert software_reply(drafted(corrects="old"), KNOWLEDGE).corrects == "old"


def test_a_persons_words_stand_as_they_wrote_them() -> None:
    reply = own_reply(drafted(), "  Bring them.\n", KNOWLEDGE)
    assert (reply.body, reply.origin, reply.facts) == ("Bring them.", Origin.EDITED, ())


def test_a_persons_words_cite_what_stands_behind_them() -> None:
    """With a draft and without one: the fact by its own words."""
    for it in (drafted(), read()):
        reply = own_reply(it, "Gladly. You can return boots.", KNOWLEDGE)
        assert reply.facts == ("returns.window",)
        assert reply.envelope.sources


def test_of_the_drafts_facts_those_stay_whose_words_are_there_still() -> None:
    """In one sentence only the nearest fact is found by itself."""
    body = "You can return boots, and the shop is open."
    alone = own_reply(read(), body, KNOWLEDGE).facts
    assert len(alone) == 1
    (other,) = PUBLISHED.ids - set(alone)
    cited = replace(read(), proposal=read().proposal.begin(draft(facts=(other,)), NOW))
    assert set(own_reply(cited, body, KNOWLEDGE).facts) == PUBLISHED.ids
    assert own_reply(cited, "Gladly.", KNOWLEDGE).facts == ()


def test_a_persons_words_are_in_the_language_of_the_draft() -> None:
    it = read()
    it = replace(it, proposal=it.proposal.begin(replace(draft(), locale="de"), NOW))
    assert own_reply(it, "Gern.", KNOWLEDGE).locale == "de"


def test_who_leaves_the_draft_as_it_is_has_not_edited_it() -> None:
    reply = own_reply(drafted(), " You can return boots. ", KNOWLEDGE)
    assert reply == software_reply(drafted(), KNOWLEDGE)


def test_without_a_draft_a_person_wrote_it_in_the_customers_language() -> None:
    german = read(understanding=Understanding(reading(language="de"), LOOKED))
    reply = own_reply(german, "Gern.", KNOWLEDGE)
    assert (reply.origin, reply.locale) == (Origin.PERSON, "de")


@pytest.mark.parametrize(
    ("known", "intent"),
    [
        (Understanding(reading("hours")), "hours"),
        (Understanding(reading(None)), ""),
        (Understanding(), ""),
        (Understanding(reading("hours"), intents=("returns", "hours")), "returns + hours"),
    ],
)
def test_what_a_reply_answers_as_one_word(known: Understanding, intent: str) -> None:
    assert intent_of(replace(ask(), understanding=known)) == intent


def test_each_delivery_has_an_id_of_its_own() -> None:
    assert delivery_id(ask()) != delivery_id(replace(ask(), version=1))
    assert delivery_id(ask()) != ask().entry


# subjects


def test_a_reply_is_judged_with_all_that_rules_may_look_at() -> None:
    context = replace(LOOKED, sent_lately=7)
    it = read(chosen=True, first_contact=True, understanding=Understanding(reading(), context))
    knowledge = replace(POLITE, brand=replace(POLITE.brand, limits=SendLimits(to_one_person=9)))
    reply = own_reply(it, "Gladly.", knowledge)
    subject = reply_subject(it, reply, knowledge, LATE_EVENING)
    assert subject.reply == reply
    assert (subject.channel, subject.mode, subject.audience) == (
        "web",
        "dialogic",
        Audience.PRIVATE,
    )
    assert subject.asked == "Can I return boots?"
    assert (subject.addressed, subject.chosen, subject.first_contact) == (True, True, True)
    assert subject.today == date(2026, 11, 24)
    assert subject.published == PUBLISHED
    assert subject.reading == it.understanding.reading
    assert (subject.brand.name, subject.culture) == ("Boot Shop", PROFILE)
    assert (subject.sent_lately, subject.budget, subject.purpose) == (7, 9, "service")


@pytest.mark.parametrize("flag", ["chosen", "first_contact"])
def test_each_flag_is_the_engagements_own(flag: str) -> None:
    it = read(first_contact=False)
    reply = own_reply(it, "Gladly.", KNOWLEDGE)
    assert not getattr(reply_subject(it, reply, KNOWLEDGE, NOW), flag)
    assert getattr(reply_subject(replace(it, **{flag: True}), reply, KNOWLEDGE, NOW), flag)


def test_whether_we_were_addressed_is_what_was_read() -> None:
    it = read(understanding=Understanding(reading(addressed=False)))
    reply = own_reply(it, "Gladly.", KNOWLEDGE)
    assert not reply_subject(it, reply, KNOWLEDGE, NOW).addressed
    assert not message_subject(it, KNOWLEDGE).addressed
    assert message_subject(ask(), KNOWLEDGE).addressed


def test_the_purpose_is_that_of_the_replys_intent() -> None:
    reply = replace(own_reply(read(), "Gladly.", KNOWLEDGE), intent="offers")
    assert reply_subject(read(), reply, KNOWLEDGE, NOW).purpose == "marketing"


def _with_past(**past: object) -> Knowledge:
    return replace(KNOWLEDGE, past=Past(**past))


def test_what_we_said_before_comes_in_but_for_the_reply_itself() -> None:
    """It is on the record already while it is on its way."""
    said = PastStatement(Commitment(CommitmentKind.COUNT, "3"), "Three.", date(2026, 1, 1), "other")
    reply = own_reply(read(), "Gladly.", KNOWLEDGE)
    itself = replace(said, entry=reply.entry)
    subject = reply_subject(read(), reply, _with_past(earlier=(said, itself)), NOW)
    assert subject.earlier == (said,)


@pytest.mark.parametrize(
    ("event", "bodies"),
    [
        (e.Drafted(NOW, draft("Another.")), ["Another."]),
        (e.KnowledgeChanged(NOW, "v2", draft("Another.")), ["Another."]),
        (e.KnowledgeChanged(NOW, "v2"), ["You can return boots."]),
        (e.Edited(NOW, ADA, " Gladly. ", "d"), ["Gladly."]),
        (e.Edited(NOW, ADA, " ", "d"), []),
        (e.CorrectionBegun(NOW, ADA, "Gladly."), ["Gladly."]),
        (e.CorrectionBegun(NOW, ADA, ""), []),
        (e.Approved(NOW, ADA, "d"), ["You can return boots."]),
        (e.SendReturned(NOW, Reason(Why.BYTES_DIFFER)), ["You can return boots."]),
        (e.UndoElapsed(NOW), []),
        (e.TakenOver(NOW, ADA), []),
    ],
)
def test_the_texts_that_an_event_may_put_to_the_rules_are_known_before(
    event: e.Event, bodies: list[str]
) -> None:
    texts = list_texts_to_judge(waiting(), event, KNOWLEDGE)
    assert [reply.body for reply in texts] == bodies
    bare = list_texts_to_judge(ask(), event, KNOWLEDGE)
    assert [reply.body for reply in bare] == [it for it in bodies if it != "You can return boots."]


# what must not surface


def _members(text: str = "I am Ann, mail ann@example.org") -> Engagement:
    return replace(ask(text, channel="forum"), understanding=Understanding(reading(), LOOKED))


def test_where_others_read_the_customers_own_must_not_surface() -> None:
    values = private_values(_members(), KNOWLEDGE)
    assert "ann@example.org" in values
    reply = own_reply(_members(), "Ok.", KNOWLEDGE)
    assert reply_subject(_members(), reply, KNOWLEDGE, NOW).private == values


def test_in_private_nothing_surfaces() -> None:
    it = read("Mail ann@example.org")
    assert private_values(it, KNOWLEDGE) == ()


def test_what_they_wrote_in_private_elsewhere_must_not_surface_either() -> None:
    knowledge = _with_past(private=("Mail bob@example.org", "Mail ann@example.org"))
    values = private_values(_members(), knowledge)
    assert {"ann@example.org", "bob@example.org"} <= set(values)
    assert len(values) == len(set(values))


def test_values_that_are_given_are_not_worked_out() -> None:
    reply = own_reply(_members(), "Ok.", KNOWLEDGE)
    subject = reply_subject(_members(), reply, KNOWLEDGE, NOW, private=("given",))
    assert subject.private == ("given",)
    assert reply_subject(_members(), reply, KNOWLEDGE, NOW, private=()).private == ()


def test_a_reply_that_repeats_them_is_held() -> None:
    it = _members()
    held = judge_candidate(
        it, own_reply(it, "We write to ann@example.org.", KNOWLEDGE), KNOWLEDGE, NOW
    )
    assert [f.rule for f in held.findings] == ["house/surfaced"]
    here = read(it.text)
    fine = judge_candidate(
        here, own_reply(here, "We write to ann@example.org.", KNOWLEDGE), KNOWLEDGE, NOW
    )
    assert fine.outcome is Outcome.PASS


# asks


def test_an_ask_is_judged_with_all_that_rules_may_look_at() -> None:
    context = Context(unanswered=3, repeated=2, echoes=1, returning=True)
    german = reading(language="de")
    it = read(understanding=Understanding(german, context))
    subject = message_subject(it, KNOWLEDGE)
    assert (subject.text, subject.channel, subject.mode, subject.audience) == (
        "Can I return boots?",
        "web",
        "dialogic",
        Audience.PRIVATE,
    )
    assert (subject.locale, subject.reading, subject.addressed) == ("de", german, True)
    assert (subject.unanswered, subject.repeated, subject.echoes) == (3, 2, 1)
    assert subject.returning
    assert subject.brand.name == "Boot Shop"


def test_an_ask_is_of_its_own_channel_and_audience() -> None:
    subject = message_subject(ask(channel="board"), KNOWLEDGE)
    assert (subject.channel, subject.mode, subject.audience) == (
        "board",
        "one-way",
        Audience.PUBLIC,
    )


def test_what_the_rules_say_of_it_is_kept_with_it() -> None:
    it = read("A present")
    after = judge_ask(it, KNOWLEDGE)
    assert after.understanding.verdict == weigh_message(it, KNOWLEDGE)
    assert [f.rule for f in weigh_message(it, KNOWLEDGE).findings] == ["house/gift"]
    assert replace(after, understanding=it.understanding) == it


def test_what_is_proposed_is_under_the_verdict_of_the_rules_in_force() -> None:
    it = drafted(replies=1)
    reply = own_reply(it, "It is risky.", KNOWLEDGE)
    after = propose(it, reply, KNOWLEDGE, NOW)
    verdict = judge_candidate(it, reply, KNOWLEDGE, NOW)
    assert verdict.outcome is Outcome.HOLD
    assert after.proposal == it.proposal.put(reply, verdict)
    assert after.entry == reply.entry == address("e1", 1)
    loose = with_rules(without=("risky",))
    assert propose(it, reply, loose, NOW).proposal.verdict != verdict


# notices


def test_a_notice_is_judged_by_the_same_rules() -> None:
    notice, _ = notice_to(PLACES["web"], ("m1@0",), "no-draft", "en", "key", KNOWLEDGE, "today")
    assert notice is not None
    assert judge_alone(notice, KNOWLEDGE, NOW).outcome is Outcome.PASS
    risky = replace(notice, body="It is risky.")
    assert judge_alone(risky, KNOWLEDGE, NOW).outcome is Outcome.HOLD


def test_a_notice_that_belongs_to_no_ask_is_of_its_channel_and_day() -> None:
    pack = (
        "- {id: here, on: reply, then: hold, because: Here.,"
        ' when: \'channel.name == "board" && channel.mode == "one-way"'
        ' && channel.audience == "public" && published.ids.size() == 2\'}'
    )
    advocate = Advocate("Cleo", "board", "c9", date(2026, 11, 24))
    named = (
        "- {id: named, on: reply, then: hold, each: reply.advocates_undisclosed, when: 'true',"
        " because: Named.}"
    )
    knowledge = replace(with_rules(f"{pack}\n{named}"), brand=replace(BRAND, advocates=(advocate,)))
    notice, _ = notice_to(PLACES["board"], ("m1@0",), "no-draft", "en", "key", KNOWLEDGE, "today")
    assert notice is not None
    notice = replace(notice, body="Ask Cleo.")
    rules = [f.rule for f in judge_alone(notice, knowledge, LATE_EVENING).findings]
    assert rules == ["house/here", "house/named"]
    rules = [f.rule for f in judge_alone(notice, knowledge, NOW).findings]
    assert rules == ["house/here"]


def _notice(it: Engagement, reason: str, knowledge: Knowledge = KNOWLEDGE) -> Reply:
    notice, named = notice_for(it, reason, "key", knowledge, NOW)
    assert notice is not None
    assert named == digest(notice)
    return notice


def test_a_notice_says_when_by_the_clock_of_the_brand() -> None:
    notice = _notice(read(), "later")
    assert notice.body == "It takes longer, until today 15:00 (Berlin)."
    assert (notice.origin, notice.answers, notice.entry) == (Origin.NOTICE, ("m1@0",), "key")


def test_a_reason_without_a_text_of_its_own_says_that_a_person_answers() -> None:
    assert _notice(read(), "sarcasm").body == "A person answers by today 15:00 (Berlin)."


def test_a_notice_is_in_their_language() -> None:
    german = read(understanding=Understanding(reading(language="de")))
    assert _notice(german, "sarcasm").body == "Ein Mensch antwortet: heute 15:00 Uhr."
    assert _notice(ask(), "sarcasm").locale == "en"


def test_where_there_is_no_text_there_is_no_notice() -> None:
    german = read(understanding=Understanding(reading(language="de")))
    only_english = replace(KNOWLEDGE, templates=type(KNOWLEDGE.templates)({}))
    assert notice_for(german, "later", "key", only_english, NOW) == (None, "")


def test_a_measure_points_to_its_entry_and_says_how_to_object() -> None:
    it = read(handling=read().handling.follow_runbook("abuse", False), replies=1)
    notice = _notice(it, "measure-taken")
    entry = address("e1", 1)
    assert notice.entry == entry
    assert notice.body == f"We acted. You can object. https://ask.boots.example/record/{entry}"


@pytest.mark.parametrize("runbook", ["fire", "", "gone"])
def test_a_measure_without_words_of_appeal_says_none(runbook: str) -> None:
    it = read(handling=read().handling.follow_runbook(runbook, False))
    assert _notice(it, "measure-taken").body.startswith("We acted. https://")


def test_other_notices_offer_no_appeal() -> None:
    it = read(handling=read().handling.follow_runbook("abuse", False))
    assert _notice(it, "later").entry == "key"


def test_a_due_time_is_said_by_the_teams_clock_if_it_names_it() -> None:
    team = replace(CARE, hours=replace(CARE_HOURS, place={"en": "London"}))
    knowledge = with_brand(teams=(team,))
    it = read(handling=replace(read().handling, team="care"), clock=Clock(DUE))
    assert clock_of(it, "en", knowledge) == team.hours
    assert clock_of(it, "de", knowledge) == HOURS
    assert clock_of(it, "en", KNOWLEDGE) == HOURS  # its own hours, and no name for them
    assert _notice(it, "later", knowledge).body == "It takes longer, until today 14:00 (London)."


def test_a_notice_answers_the_messages_that_were_read() -> None:
    two = read(messages=(message(), message("And?", "m2", at=NOW + HOUR)))
    assert _notice(two, "later").answers == ("m1@0", "m2@0")


def test_the_body_of_a_waiting_draft_is_the_drafts() -> None:
    assert waiting().proposal.candidate == software_reply(waiting(), KNOWLEDGE)
