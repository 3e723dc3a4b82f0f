"""Judging: a reply or an ask with everything that rules may look at, and the verdict on it.

Three ways to a reply: from the software's draft, from a person's own words, from a notice. All are
judged by the same rules, as the exact text with its envelope.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import BusinessHours, local_day, write_due_time
from bot.detect.claims.grounding import facts_behind
from bot.detect.taint.private_values import find_private_values
from bot.drafting.envelope import build_notice_reply, build_reply
from bot.knowledge import Knowledge
from bot.model import Audience, Draft, Engagement, Origin, Place, Reply, Verdict
from bot.model import events as e
from bot.model.errors import NoDraft
from bot.model.reply import address, digest
from bot.policy.judge import judge_message, judge_reply
from bot.policy.subject import BrandFacts, MessageSubject, ReplySubject
from bot.understanding.several_asks import JOINT


def delivery_id(engagement: Engagement) -> str:
    """A new id for each approval: it travels with the post, to look it up by."""
    return address(engagement.id, engagement.version, "delivery")


def software_reply(engagement: Engagement, knowledge: Knowledge) -> Reply:
    """The software's draft in its envelope."""
    draft = engagement.proposal.draft
    assert draft is not None
    return _reply(engagement, draft.body, Origin.SOFTWARE, draft.locale, draft.facts, knowledge)


def own_reply(engagement: Engagement, body: str, knowledge: Knowledge) -> Reply:
    """A person's words in the envelope, with the sources of the facts that stand behind them."""
    body = body.strip()
    draft = engagement.proposal.draft
    locale = draft.locale if draft else knowledge.locale_for(engagement)
    cited = draft.facts if draft else ()
    if draft is not None and draft.body.strip() == body:
        return software_reply(engagement, knowledge)
    facts = facts_behind(body, knowledge.published, cited, locale)
    origin = Origin.EDITED if draft else Origin.PERSON
    return _reply(engagement, body, origin, locale, facts, knowledge)


def _reply(
    engagement: Engagement,
    body: str,
    origin: Origin,
    locale: str,
    facts: tuple[str, ...],
    knowledge: Knowledge,
) -> Reply:
    culture = knowledge.cultures.get(engagement.place.channel)
    return build_reply(
        body,
        origin,
        locale,
        brand=knowledge.brand,
        published=knowledge.published,
        place=engagement.place,
        answers=engagement.revisions,
        entry=address(engagement.id, engagement.replies),
        intent=intent_of(engagement),
        facts=facts,
        display_name=engagement.customer.name,
        corrects=engagement.corrects,
        greeting_words=culture.greeting.get(locale, "") if culture else "",
        marketing=knowledge.purpose(intent_of(engagement)) == "marketing",
    )


def intent_of(engagement: Engagement) -> str:
    """What a reply answers, as one word: the intent, or those of several asks; empty if none."""
    known = engagement.understanding
    single = known.reading.intent if known.reading else None
    return JOINT.join(known.intents) or single or ""


def propose(engagement: Engagement, reply: Reply, knowledge: Knowledge, at: datetime) -> Engagement:
    """With this reply as its candidate, under the verdict of the rules in force."""
    verdict = judge_candidate(engagement, reply, knowledge, at)
    proposal = engagement.proposal.put(reply, verdict)
    return replace(engagement, proposal=proposal, entry=reply.entry)


def list_texts_to_judge(
    engagement: Engagement, event: e.Event, knowledge: Knowledge
) -> tuple[Reply, ...]:
    """The replies that this event may put to the rules: what they commit the brand to has to be
    known before, so that what was said earlier can be read beside it."""
    match event:
        case e.Drafted(draft=draft) | e.KnowledgeChanged(draft=Draft() as draft):
            proposal = engagement.proposal.begin(draft, event.at)
            return (software_reply(replace(engagement, proposal=proposal), knowledge),)
        case e.Edited(body=body) | e.CorrectionBegun(body=body) if body.strip():
            return (own_reply(engagement, body, knowledge),)
        case e.Approved() | e.KnowledgeChanged() | e.SendReturned():
            candidate = engagement.proposal.candidate
            return (candidate,) if candidate is not None else ()
    return ()


def judge_ask(engagement: Engagement, knowledge: Knowledge) -> Engagement:
    """With what the rules on messages say of it now."""
    verdict = weigh_message(engagement, knowledge)
    return replace(engagement, understanding=engagement.understanding.judge(verdict))


def judge_candidate(
    engagement: Engagement, reply: Reply, knowledge: Knowledge, at: datetime
) -> Verdict:
    """What the rules now in force say of an exact reply to this engagement."""
    return judge_reply(knowledge.rulebook, reply_subject(engagement, reply, knowledge, at))


def judge_alone(reply: Reply, knowledge: Knowledge, at: datetime) -> Verdict:
    """What they say of a notice that belongs to no ask."""
    channel = knowledge.brand.channels[reply.place.channel]
    subject = ReplySubject(
        reply=reply,
        channel=channel.name,
        mode=channel.mode.name,
        audience=channel.audience,
        today=local_day(at, knowledge.brand.hours),
        published=knowledge.published,
        brand=BrandFacts.of_brand(knowledge.brand),
    )
    return judge_reply(knowledge.rulebook, subject)


def reply_subject(
    engagement: Engagement,
    reply: Reply,
    knowledge: Knowledge,
    at: datetime,
    private: tuple[str, ...] | None = None,
) -> ReplySubject:
    """Everything that rules may look at, for this reply. `private` is worked out if not given."""
    channel = knowledge.brand.channels[engagement.place.channel]
    reading = engagement.understanding.reading
    today = local_day(at, knowledge.brand.hours)
    return ReplySubject(
        reply=reply,
        channel=channel.name,
        mode=channel.mode.name,
        audience=engagement.audience,
        asked=engagement.text,
        private=private_values(engagement, knowledge) if private is None else private,
        addressed=engagement.understanding.addressed,
        chosen=engagement.chosen,
        first_contact=engagement.first_contact,
        today=today,
        published=knowledge.published,
        reading=reading,
        brand=BrandFacts.of_brand(knowledge.brand),
        earlier=tuple(one for one in knowledge.past.earlier if one.entry != reply.entry),
        culture=knowledge.cultures.get(channel.name),
        purpose=knowledge.purpose(reply.intent),
        sent_lately=engagement.understanding.context.sent_lately,
        budget=knowledge.brand.limits.to_one_person,
    )


def private_values(engagement: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    """What of the customer's own must not surface where others read: of what they wrote here, and
    of what they wrote in private on the channels that they joined with this one."""
    if engagement.audience is Audience.PRIVATE:
        return ()
    texts = tuple(message.text for message in engagement.messages)
    words, name = knowledge.published.words, engagement.customer.name
    here = find_private_values(texts, name, words)
    there = find_private_values(knowledge.past.private, "", words) if knowledge.past.private else ()
    return tuple(dict.fromkeys((*here, *there)))


def weigh_message(engagement: Engagement, knowledge: Knowledge) -> Verdict:
    """What the rules on messages say of an ask."""
    return judge_message(knowledge.rulebook, message_subject(engagement, knowledge))


def message_subject(engagement: Engagement, knowledge: Knowledge) -> MessageSubject:
    """Everything that rules may look at, for this ask."""
    channel = knowledge.brand.channels[engagement.place.channel]
    reading = engagement.understanding.reading
    return MessageSubject(
        text=engagement.text,
        channel=channel.name,
        mode=channel.mode.name,
        audience=engagement.audience,
        locale=knowledge.locale_for(engagement),
        addressed=engagement.understanding.addressed,
        reading=reading,
        unanswered=engagement.understanding.context.unanswered,
        repeated=engagement.understanding.context.repeated,
        echoes=engagement.understanding.context.echoes,
        returning=engagement.understanding.context.returning,
        brand=BrandFacts.of_brand(knowledge.brand),
    )


def clock_of(engagement: Engagement, locale: str, knowledge: Knowledge) -> BusinessHours:
    """The hours by whose clock a due time is said: the team's if they name it, else the brand's."""
    hours = knowledge.brand.hours_of_team(engagement.handling.team)
    return hours if locale in hours.place else knowledge.brand.hours


def notice_for(
    engagement: Engagement, reason: str, key: str, knowledge: Knowledge, at: datetime
) -> tuple[Reply | None, str]:
    """The notice for a reason as it would be sent, and its digest; None if there is none."""
    reading = engagement.understanding.reading
    language = reading.language if reading else ""
    locale = knowledge.locale_for(engagement)
    due = write_due_time(engagement.clock.due, at, clock_of(engagement, locale, knowledge), locale)
    read = engagement.revisions
    appeal = ""
    if reason == "measure-taken":  # it points to the entry that says what was done
        key = address(engagement.id, engagement.replies)
        runbook = knowledge.runbooks.get(engagement.handling.runbook)
        appeal = runbook.appeal.get(locale, "") if runbook else ""
    return notice_to(engagement.place, read, reason, language, key, knowledge, due, appeal)


def notice_to(
    place: Place,
    answers: tuple[str, ...],
    reason: str,
    language: str,
    key: str,
    knowledge: Knowledge,
    due: str = "",
    appeal: str = "",
) -> tuple[Reply | None, str]:
    """A notice to a place, and its digest; None if there is none.

    A reason without a text of its own is said with `no-draft`'s: a person will answer.
    """
    for known in (reason, "no-draft"):
        try:
            reply = build_notice_reply(
                known,
                language,
                brand=knowledge.brand,
                templates=knowledge.templates,
                place=place,
                answers=answers,
                entry=key,
                due=due,
                appeal=appeal,
            )
        except NoDraft:
            continue
        return reply, digest(reply)
    return None, ""
