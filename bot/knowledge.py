"""What a step knows besides the engagement: the brand's files as values, in force at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.brand.culture import Culture
from bot.brand.promises import PublishedPromise
from bot.brand.published import PublishedFacts
from bot.brand.runbooks import Runbooks
from bot.brand.settings import Brand, Intent
from bot.drafting.reply_templates import Templates
from bot.learning.guarantee.guarantee_standing import Guarantee
from bot.model import Engagement
from bot.policy.rule_changes import ChangeReason
from bot.policy.rulebook import Rulebook
from bot.policy.subject import PastStatement


@dataclass(frozen=True, slots=True)
class Past:
    """What a judgement needs of the store, read before it in the same transaction.

    `earlier`: what the record holds on the topics of the texts that may be judged; what is approved
    or on its way counts as said. `private`: what the customer wrote in private on channels that
    they joined with this one: for taint, and for nothing else; no drafter is given it.
    """

    earlier: tuple[PastStatement, ...] = ()
    private: tuple[str, ...] = ()


NO_PAST = Past()


@dataclass(frozen=True)
class Knowledge:
    """Swapped whole when a file changes. `version` names all of it.

    `guarantees`, by channel, say what may be claimed of drafts there, and so what is drafted.
    `past` is what the store holds that this judgement needs.
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
    guarantees: Mapping[str, Guarantee] = field(default_factory=dict)
    past: Past = NO_PAST

    def purpose(self, intent: str) -> str:
        """What an intent is for; what is no intent's is service."""
        known = self.intents.get(intent)
        return known.purpose if known else "service"

    def locale_for(self, engagement: Engagement) -> str:
        """The locale to write to a customer in: theirs if the brand speaks it, else its first."""
        reading = engagement.understanding.reading
        return self.brand.locale_for(reading.language if reading else "") or self.brand.locales[0]
