"""The nouns: frozen data that everything else speaks in. DESIGN's words, one class each."""

from bot.model.conversation import Audience, Author, AuthorKind, Message, Place, turns
from bot.model.engagement import (
    Approval,
    Delivery,
    DeliveryState,
    Engagement,
    Happening,
    PeerWords,
    State,
)
from bot.model.objection import Objection
from bot.model.packet import Packet
from bot.model.people import Person, Role
from bot.model.reading import ALONE, Ask, Candidate, Circumstances, Promised, Reading, Span, Unclear
from bot.model.reply import (
    Commitment,
    CommitmentKind,
    Comparator,
    Draft,
    Envelope,
    Origin,
    PublishedFact,
    Reply,
    Source,
)
from bot.model.verdict import Finding, Outcome, Verdict, verdict_of

__all__ = [
    "ALONE",
    "Approval",
    "Ask",
    "Audience",
    "Author",
    "AuthorKind",
    "Candidate",
    "Circumstances",
    "Commitment",
    "CommitmentKind",
    "Comparator",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Engagement",
    "Envelope",
    "Finding",
    "Happening",
    "Message",
    "Objection",
    "Origin",
    "Outcome",
    "Packet",
    "PeerWords",
    "Person",
    "Place",
    "Promised",
    "PublishedFact",
    "Reading",
    "Reply",
    "Role",
    "Source",
    "Span",
    "State",
    "Unclear",
    "Verdict",
    "turns",
    "verdict_of",
]
