"""The sentences for reasons and happenings, in English. A slot is a field of the reason's.

`WHY` is for the people who decide; `PUBLIC` says the same to everybody, where that differs.
`HAPPENED` are predicates: who did it stands before them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.cards.decisions import DECISIONS, Action
from bot.model import Happened, Happening, Why

WHY: Mapping[Why, str] = {
    Why.AS_WRITTEN: "{words}",
    Why.RULE: "{rule}",
    Why.LOOP: "{words}",
    Why.SAME_WORDS: "The same words went out here {times} within a day.",
    Why.NOTICES_IN_A_ROW: "{count} notices in a row went out here, and no answer.",
    Why.CONTEXT_LOST: "Unclear: what was said before could not be looked up.",
    Why.UNCLEAR: "Unclear: {kind}.",
    Why.NO_DRAFTS_HERE: "No drafts here: {mode}",
    Why.NO_SUCH_INTENT: "No intent “{intent}” any more.",
    Why.PERSON_WANTED: "Asked for: {intent}.",
    Why.COMPLAINT: "They complain: that is never closed without a person.",
    Why.NOT_CERTAIN: "{standing}",
    Why.UNREADABLE: "Could not be read: {error}",
    Why.DRAFT_BLOCKED: "The draft is blocked: {rule}",
    Why.NO_HONEST_DRAFT: "No honest draft: {detail}",
    Why.NO_HONEST_DRAFT_NOW: "No honest draft any more: {detail}",
    Why.NOT_DRAFTED_NOW: "What they ask is no longer answered by a draft.",
    Why.NO_DRAFTS_HERE_NOW: "No drafts here any more: {mode}",
    Why.REJECTED: "{person} rejected the draft: {words}",
    Why.OWN_CASE: "The published rule was sent; the customer's own case needs a person.",
    Why.PEER_ANSWERED: (
        "{names} answered. If that is right, prefer crediting it to posting an answer of our own."
    ),
    Why.TAKEN_OVER: "{person} took over.",
    Why.GIVEN: "{person} gave it to {to}.",
    Why.ITS_OWNERS: "{person} has it, and the customer wrote again.",
    Why.PASSED_ON: "{person} passed it to {team}: {words}",
    Why.TALKING: "{person} is talking with the customer in the channel.",
    Why.FAILED: "{event} could not be handled: {error}",
    Why.PUTS_RIGHT: "We told this customer something that is wrong; this puts it right.",
    Why.PUTS_RIGHT_UNWRITTEN: (
        "We told this customer something that is wrong; this puts it right. Write what is right."
    ),
    Why.PEERS_FIRST: "Among peers: whoever is there may answer until {until}. Then it is drafted.",
    Why.OVERHEARD: "Overheard: nobody asked us.",
    Why.PEER_THANKED: "The customer thanked {names}: a peer's answer was enough.",
    Why.NO_REPLY_EXPECTED: "No reply needed: the customer expects none.",
    Why.NO_REPLY_NEEDED: "No reply needed: {intent}.",
    Why.CLOSED_BY_PERSON: "{person} closed it without a reply: {words}",
    Why.MEASURE_TAKEN: "{person} closed it. {measure}: {words}",
    Why.TAKEN_BACK: "The message was taken back by its author.",
    Why.OVERHEARD_EXPIRED: "Overheard, and nobody chose to enter: the words were removed.",
    Why.LATE_TWICE: "The second time that was promised has passed as well, and nothing was sent.",
    Why.OWNER_LATE: "{person} has it, and nothing was sent by the time that was promised.",
    Why.CARD_GONE: "The card that it belongs to is gone.",
    Why.ANSWERS_NOBODY: "It answers nobody's message, and we write to nobody who didn't.",
    Why.BYTES_DIFFER: "The text is no longer, byte for byte, what was approved.",
    Why.NOT_JUDGED_AGAIN: "It could not be judged again: {error}",
    Why.NOTICE_HELD: "The notice is {outcome}: {rule}",
    Why.APPROVAL_WITHDRAWN: "The approval was withdrawn.",
    Why.MAY_NOT_APPROVE: "{person} may no longer approve.",
    Why.NEEDS_ANOTHER: "The rules now want another person's approval too.",
    Why.RULES_NOW_SAY: "The rules now say: {rule}",
    Why.CHANNEL_REFUSED: "The channel refused it: {detail}",
    Why.CANNOT_LOOK: "Nobody can say whether it arrived: {detail} Please look in the channel.",
    Why.CALL_LOST: "{detail}",
    Why.TRIED_DRAFT: "a draft from {template}",
    Why.TRIED_BLOCKED: "a draft from {template}: blocked, {rule}",
    Why.TRIED_REPLIES: "{replies} sent",
    Why.TRIED_NOTHING: "nothing was drafted",
    Why.MISSING: "{part} ({error})",
}

PUBLIC: Mapping[Why, str] = {
    Why.PEER_ANSWERED: "Somebody else answered.",
    Why.PEER_THANKED: "The customer thanked somebody else: a peer's answer was enough.",
    Why.CLOSED_BY_PERSON: "{words}",
    Why.MEASURE_TAKEN: "{words}",
    Why.MAY_NOT_APPROVE: "Whoever approved it may no longer do so.",
    Why.OWNER_LATE: "Nothing was sent by the time that was promised.",
    Why.PASSED_ON: "A person passed it on.",
    Why.CHANNEL_REFUSED: "{detail}",
    Why.CANNOT_LOOK: "{detail}",
}


def _draft_asked_for(it: Happening) -> str:
    return "asked for a draft: {intent}" if it.about.get("intent") else "asked for another draft"


def _what_was_asked(it: Happening) -> str:
    asked = "{intent}" if it.about.get("intent") else "none of our intents"
    return f"said what was asked: {asked}"


def _given_back(it: Happening) -> str:
    return "gave it back to {team}" if it.about.get("team") else "gave it back to everybody"


def _decided(it: Happening) -> str:
    decision = DECISIONS[Action(it.about["action"])]
    return decision.told or decision.label.casefold()


HAPPENED: Mapping[Happened, str | Callable[[Happening], str]] = {
    Happened.AS_WRITTEN: "{what}",
    Happened.WROTE: "wrote",
    Happened.WROTE_AGAIN: "wrote again",
    Happened.CHANGED_MESSAGE: "changed their message",
    Happened.CHANGED_AFTER_ANSWER: "changed their message after our answer",
    Happened.TOOK_MESSAGE_BACK: "took a message back",
    Happened.WROTE_BESIDE: "wrote beside it",
    Happened.OVERHEARD: "overheard; waits for a person to choose",
    Happened.UNDERSTOOD: "understood: {intent}",
    Happened.UNDERSTOOD_SEVERAL: "understood, one by one: {intents}",
    Happened.HANDED_OVER: "handed over: {why}",
    Happened.GIVEN_TO: "gave it to {to}, who has the fewest open cards",
    Happened.INCOMPLETE: "The hand-over is incomplete. Missing: {parts}.",
    Happened.DRAFTED: "drafted from {template}",
    Happened.DRAFTED_AFRESH: "rules or facts changed: drafted afresh",
    Happened.JUDGED_AGAIN: "rules or facts changed: judged again",
    Happened.WAITS_FOR_PEERS: "waits whether a peer answers",
    Happened.NO_PEER_ANSWERED: "no peer answered: to be drafted",
    Happened.APPROVED: "approved",
    Happened.APPROVED_FIRST: "approved; one more person is needed",
    Happened.WROTE_OWN: "wrote their own version",
    Happened.WROTE_AGAINST_RULES: "wrote; {outcome} by the rules",
    Happened.ASKED_FOR_DRAFT: _draft_asked_for,
    Happened.SAID_WHAT_WAS_ASKED: _what_was_asked,
    Happened.DECIDED: _decided,
    Happened.CLOSED: "{why}",
    Happened.UNDID: "undid the approval",
    Happened.NOT_SENT: "not sent: {why}",
    Happened.SENT: "sent",
    Happened.UNCERTAIN: "{why}",
    Happened.LOOKED_ARRIVED: "looked: it arrived",
    Happened.LOOKED_ABSENT: "looked: it did not arrive",
    Happened.ANSWERED_IN_CHANNEL: "answered in the channel",
    Happened.LATE: "it is late",
    Happened.BEFORE_LEADS: "brought it before the leads: {why}",
    Happened.TOOK_OVER: "took over",
    Happened.CHOSE_TO_ENTER: "chose to enter",
    Happened.ASSIGNED: "assigned it to {to}",
    Happened.GAVE_BACK: _given_back,
    Happened.PASSED_ON: "passed it to {team}: {words}",
    Happened.FOUND_WRONG: "found our answer wrong",
    Happened.FOUND_WRONG_AND_WROTE: "found our answer wrong, and wrote what is right",
    Happened.FAILED: "{why}",
}

PARTS: Mapping[str, str] = {  # of a packet, where one is missing
    "why": "why it came to a person",
    "asks": "the ask in the customer’s words",
    "turns": "the timeline",
    "candidates": "what was understood",
    "rules": "the rules that fired",
    "facts": "the published facts near it",
    "promised": "what was promised before",
    "tried": "what was tried",
    "language": "the language",
    "locale": "the language to answer in",
}
