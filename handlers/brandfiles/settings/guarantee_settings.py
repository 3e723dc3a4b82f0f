"""The section `guarantee:` of config.yaml: what is asked of each channel, if anything is."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.guarantee_standing import fewest_reviews
from bot.model.errors import did_you_mean
from handlers.brandfiles.documents.document_shape import Wrong
from handlers.brandfiles.documents.yaml_document import Document, Step

_LARGEST = 20_000  # drafts in a window: beyond it they are of another time


class OwnShape(msgspec.Struct, frozen=True):
    """A channel's own terms; what it doesn't say is as for all."""

    wrong_at_most: float | None = None
    confidence: float | None = None
    window: int = 0
    audit: float = 0.0


class GuaranteeShape(msgspec.Struct, frozen=True):
    wrong_at_most: float | None = None
    confidence: float | None = 0.95
    window: int = 1000
    audit: float = 0.1
    channels: dict[str, OwnShape] = {}


def terms_by_channel(
    shape: GuaranteeShape, document: Document, channels: Mapping[str, object], wrong: Wrong
) -> dict[str, GuaranteeTerms]:
    """The terms of every channel that a guarantee is asked of. Misfits are told to `wrong`."""
    for name in shape.channels:
        if name not in channels:
            mend = did_you_mean(name, channels)
            wrong(f"There is no channel “{name}”.", mend, "guarantee", "channels", name)
    asked = {}
    for name in channels:
        own = shape.channels.get(name)
        given = document.value["guarantee"]["channels"][name] if own else {}
        values = {key: getattr(own if key in given else shape, key) for key in _KEYS}
        path = ("guarantee", "channels", name) if given else ("guarantee",)
        terms = _terms(values, wrong, path)
        if terms is not None:
            asked[name] = terms
    return asked


_KEYS = ("wrong_at_most", "confidence", "window", "audit")


def _terms(
    values: Mapping[str, float | None], wrong: Wrong, path: tuple[Step, ...]
) -> GuaranteeTerms | None:
    share, sure = values["wrong_at_most"], values["confidence"]
    window, audit = int(values["window"] or 0), values["audit"] or 0.0
    if share is None:
        return None
    if not 0.0 < share <= 0.5:
        mend = "Write a share like 0.05, at most 0.5; null claims nothing."
        wrong(f"{share:g} is not a share of wrong drafts.", mend, *path, "wrong_at_most")
        return None
    if sure is not None and not 0.5 <= sure <= 0.9999:
        mend = "Write a share like 0.95; null is for a claim on average."
        wrong(f"{sure:g} is not a confidence.", mend, *path, "confidence")
        return None
    if not 0.0 < audit <= 1.0:
        mend = "Write a share of messages like 0.1: without an audit nobody reads closely."
        wrong(f"{audit:g} is not a share for the audit.", mend, *path, "audit")
        return None
    terms = GuaranteeTerms(share, None if sure is None else 1 - sure, window, audit)
    least = fewest_reviews(terms)
    if not least <= window <= _LARGEST:
        mend = (
            f"These terms need at least {least} reviewed drafts; at most {_LARGEST} are looked at."
        )
        wrong(f"A window of {window} drafts can't do.", mend, *path, "window")
        return None
    return terms
