"""The nouns: frozen data that everything else speaks in. DESIGN's words, one class each.

Values with their own verbs, and nothing that decides. Imports nothing of ours.
"""

from bot.model.conversation import Audience, Author, AuthorKind, Identity, Message, Place, turns
from bot.model.delivery import Delivery, DeliveryState
from bot.model.engagement import Clock, Engagement, PeerWords, State
from bot.model.handling import Handling, Packet
from bot.model.people import Person, Role
from bot.model.proposal import Approval, Objection, Proposal
from bot.model.reading import (
    NO_CONTEXT,
    Ask,
    Candidate,
    Context,
    Promised,
    Reading,
    Span,
    Unclear,
    Understanding,
)
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
from bot.model.timeline import Actor, Happened, Happening, Reason, Why
from bot.model.verdict import Finding, Outcome, Verdict, verdict_of

__all__ = [
    "NO_CONTEXT",
    "Actor",
    "Approval",
    "Ask",
    "Audience",
    "Author",
    "AuthorKind",
    "Candidate",
    "Clock",
    "Commitment",
    "CommitmentKind",
    "Comparator",
    "Context",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Engagement",
    "Envelope",
    "Finding",
    "Handling",
    "Happened",
    "Happening",
    "Identity",
    "Message",
    "Objection",
    "Origin",
    "Outcome",
    "Packet",
    "PeerWords",
    "Person",
    "Place",
    "Promised",
    "Proposal",
    "PublishedFact",
    "Reading",
    "Reason",
    "Reply",
    "Role",
    "Source",
    "Span",
    "State",
    "Unclear",
    "Understanding",
    "Verdict",
    "Why",
    "turns",
    "verdict_of",
]
