"""The guarantee in words: for the desk, for the public, and on the card of a draft."""

from __future__ import annotations

from bot.learning.guarantee.guarantee_standing import Guarantee, GuaranteeStanding

AUDIT = "Audit: please read closely. Drawn at random; our figures rest on what you say of it."
AUDIT_ONLY = f"{AUDIT} The software alone would not have drafted this."

_AFTER = {
    GuaranteeStanding.GATHERING: "Until then every draft is a proposal that a person reviews.",
    GuaranteeStanding.CERTIFIED: "What the software is less sure of goes to a person.",
    GuaranteeStanding.UNCERTIFIABLE: "Everything goes to a person.",
}


def write_percent(share: float) -> str:
    """“5%”, “2.5%”, “0.13%”: at most three figures."""
    return f"{float(f'{share * 100:.3g}'):g}%"


def write_claim(it: Guarantee) -> str:
    """What is claimed, whole, with its numbers; or that nothing is, and why."""
    wrong = write_percent(it.terms.wrong)
    of = f"the last {_write_draft_count(len(it.judged))} that people reviewed"
    if it.standing is GuaranteeStanding.GATHERING:
        more = f"at least {_write_draft_count(it.missing)} more have to be reviewed, and be right"
        return f"Nothing is claimed yet: {more}. {_AFTER[it.standing]}"
    if it.standing is GuaranteeStanding.UNCERTIFIABLE:
        so = f"No threshold keeps wrong drafts below {wrong}, by {of}. {_AFTER[it.standing]}"
        return f"{so} Only {write_percent(it.terms.audit)}, drawn at random, is drafted."
    at = it.point
    seen = f"of {at.drafts:,} at this threshold, {at.wrong:,} were wrong" if at else ""
    if it.terms.doubt is None:
        about = f"Of all messages that the software understands here, at most {wrong}, on average,"
        asked = "get a draft that answers another question."
        return f"{about} {asked} That is by {of}: {seen}. {_AFTER[it.standing]}"
    about = f"Of the drafts made here, at most {wrong} answer another question than was asked."
    sure = f"We are {write_percent(1 - it.terms.doubt)} sure of that, by {of}: {seen}."
    return f"{about} {sure} {_AFTER[it.standing]}"


def write_why_uncertified(it: Guarantee, title: str) -> str:
    """For the banner of the desk."""
    return (
        f"{title}: wrong drafts can't be kept below {write_percent(it.terms.wrong)}, so everything"
        " there goes to people. “How sure we are” has the figures."
    )


def write_why_a_person(standing: GuaranteeStanding) -> str:
    """Why a message that was understood is not drafted for."""
    if standing is GuaranteeStanding.UNCERTIFIABLE:
        return "Not certain enough: nothing can be claimed of drafts here, so people answer."
    return "Not certain enough: below the threshold that keeps wrong drafts rare."


def _write_draft_count(count: int) -> str:
    return f"{count:,} draft{'' if count == 1 else 's'}"
