"""What a step knows besides the engagement: the brand's files as values, in force at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.brand.culture import Culture
from bot.brand.promises import PublishedPromise
from bot.brand.published import PublishedFacts
from bot.brand.runbooks import Runbooks
from bot.brand.settings import Brand, Intent
from bot.drafting.reply_templates import Templates
from bot.learning.guarantee.guarantee_standing import Guarantee
from bot.model import Engagement, Reply
from bot.policy.rule_changes import ChangeReason
from bot.policy.rulebook import Rulebook
from bot.policy.subject import PastStatement


def nothing_private(_: Engagement) -> tuple[str, ...]:
    return ()


def nothing_earlier(_: Reply, __: date) -> tuple[PastStatement, ...]:
    return ()


@dataclass(frozen=True)
class Knowledge:
    """Swapped whole when a file changes. `version` names all of it.

    `earlier` looks up what the record holds on the topics of a reply's commitments: a view of the
    committed state that comes in as a value, so a step remains a function of its arguments.
    `guarantees`, by channel, say what may be claimed of drafts there, and so what is drafted.
    `private` looks up what the customer wrote in private on channels that they joined with this
    one: for taint, and for nothing else; no drafter is given it.
    """

    brand: Brand
    published: PublishedFacts
    rulebook: Rulebook
    templates: Templates
    intents: Mapping[str, Intent]
    version: str = ""
    cultures: Mapping[str, Culture] = field(default_factory=dict)  # by channel
    runbooks: Runbooks = field(default_factory=dict)
    reasons: tuple[ChangeReason, ...] = ()  # why rules and facts were changed, newest first
    promises: Mapping[str, PublishedPromise] = field(default_factory=dict)
    earlier: Callable[[Reply, date], tuple[PastStatement, ...]] = nothing_earlier
    guarantees: Mapping[str, Guarantee] = field(default_factory=dict)
    private: Callable[[Engagement], tuple[str, ...]] = nothing_private

    def purpose(self, intent: str) -> str:
        """What an intent is for; what is no intent's is service."""
        known = self.intents.get(intent)
        return known.purpose if known else "service"
