"""Just before the call: is this still what was approved, and may it still be said?

The approval bound a digest; here the final bytes are held against it, and judged again under the
rules, facts and rights then in force. Any difference returns the reply to the approver.
"""

from __future__ import annotations

from datetime import datetime

from bot.engagement.judging import judge_alone, judge_candidate
from bot.handoff.routing import may_decide_for
from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement, Outcome, Reason, State, Verdict, Why
from bot.model.reply import digest


def reason_not_to_send(
    delivery: Delivery,
    payload: str,
    engagement: Engagement | None,
    knowledge: Knowledge,
    at: datetime,
) -> Reason | None:
    """Why this delivery may not go out as it is; None if it may.

    `payload` is what the channel would be given, rendered anew. Total: what cannot be checked may
    not go out. `engagement` is None for a notice that belongs to no ask.
    """
    if engagement is None and (delivery.engagement or not delivery.notice):
        return Reason(Why.CARD_GONE)
    if not delivery.reply.answers:
        return Reason(Why.ANSWERS_NOBODY)
    if digest(delivery.reply) != delivery.digest or payload != delivery.payload:
        return Reason(Why.BYTES_DIFFER)
    try:
        if engagement is None:
            verdict = judge_alone(delivery.reply, knowledge, at)
        else:
            verdict = judge_candidate(engagement, delivery.reply, knowledge, at)
    except Exception as error:
        return Reason(Why.NOT_JUDGED_AGAIN, {"error": str(error) or type(error).__name__})
    if delivery.notice or engagement is None:
        if verdict.outcome.rank < Outcome.HOLD.rank:
            return None
        worst = verdict.findings[0].rule if verdict.findings else ""
        return Reason(Why.NOTICE_HELD, {"outcome": verdict.outcome.value, "rule": worst})
    on_its_way = engagement.state in (State.APPROVED, State.SENDING)
    if engagement.proposal.delivery != delivery.id or not on_its_way:
        return Reason(Why.APPROVAL_WITHDRAWN)
    team = knowledge.brand.find_team(engagement.handling.team)
    for approval in engagement.proposal.approvals:
        person = knowledge.brand.find_person(approval.person)
        if person is None or not may_decide_for(team, person):
            return Reason(Why.MAY_NOT_APPROVE, {"person": approval.person})
    return reason_to_return(engagement, verdict)


def reason_to_return(engagement: Engagement, verdict: Verdict) -> Reason | None:
    """Why what was approved may not go out under this verdict on it; None if it may.

    The approvers saw the proposal's verdict: whatever holds or blocks and was not in that, returns
    the reply to them.
    """
    proposal = engagement.proposal
    if len({approval.person for approval in proposal.approvals}) < verdict.approvers:
        return Reason(Why.NEEDS_ANOTHER)
    if verdict.outcome is Outcome.BLOCK:
        return Reason(Why.RULES_NOW_SAY, {"rule": verdict.findings[0].rule})
    new = verdict.new_findings(proposal.verdict)
    return Reason(Why.RULES_NOW_SAY, {"rule": new[0].rule}) if new else None
