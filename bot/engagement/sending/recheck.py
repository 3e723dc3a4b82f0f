"""Just before the call: is this still what was approved, and may it still be said?

The approval bound a digest; here the final bytes are held against it, and judged again under the
rules, facts and rights then in force. Any difference returns the reply to the approver.
"""

from __future__ import annotations

from datetime import datetime

from bot.engagement.proposing import judge_alone, judge_candidate
from bot.handoff.routing import decides
from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement, Outcome, State, Verdict
from bot.model.reply import digest


def no_longer(
    delivery: Delivery,
    payload: str,
    engagement: Engagement | None,
    knowledge: Knowledge,
    at: datetime,
) -> str:
    """Why this delivery may not go out as it is, in plain words; empty if it may.

    `payload` is what the channel would be given, rendered anew. Total: what cannot be checked may
    not go out. `engagement` is None for a notice that belongs to no ask.
    """
    if engagement is None and (delivery.engagement or not delivery.notice):
        return "The card that it belongs to is gone."
    if not delivery.reply.answers:
        return "It answers nobody's message, and we write to nobody who didn't."
    if digest(delivery.reply) != delivery.digest or payload != delivery.payload:
        return "The text is no longer, byte for byte, what was approved."
    try:
        if engagement is None:
            verdict = judge_alone(delivery.reply, knowledge, at)
        else:
            verdict = judge_candidate(engagement, delivery.reply, knowledge, at)
    except Exception as error:
        return f"It could not be judged again: {error}"
    if delivery.notice or engagement is None:
        worst = verdict.findings[0].because if verdict.findings else ""
        return f"The notice is {verdict.outcome}: {worst}" if _held(verdict.outcome) else ""
    if engagement.delivery != delivery.id or engagement.state not in (
        State.APPROVED,
        State.SENDING,
    ):
        return "The approval was withdrawn."
    for approval in engagement.approvals:
        person = knowledge.brand.find_person(approval.person)
        if person is None or not decides(knowledge.brand.find_team(engagement.team), person):
            return f"{approval.person} may no longer approve."
    return forbids(engagement, verdict)


def forbids(engagement: Engagement, verdict: Verdict) -> str:
    """Why what was approved may not go out under this verdict on it; empty if it may."""
    if len({approval.person for approval in engagement.approvals}) < verdict.approvers:
        return "The rules now want another person's approval too."
    before = engagement.verdict.outcome if engagement.verdict else Outcome.PASS
    if verdict.outcome is Outcome.BLOCK or verdict.outcome.rank > before.rank:
        return f"The rules now say: {verdict.findings[0].because}"
    return ""


def _held(outcome: Outcome) -> bool:
    return outcome.rank >= Outcome.HOLD.rank
