"""`customers:` of config.yaml: how long what is between the brand and a customer counts."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.brand.settings import Customers
from bot.model.errors import BrandError
from handlers.brandfiles.documents.yaml_document import Document

LONGEST = 3650  # days


class CustomersShape(msgspec.Struct, frozen=True):
    shown_for: int = 180
    stale_after: int = 30
    back_after: int = 365
    again_within: int = 7


def customers_of(
    shape: CustomersShape, document: Document, problems: list[BrandError]
) -> Customers:
    """The section's values; what is wrong with them is added to `problems`."""
    for key in shape.__struct_fields__:
        days = getattr(shape, key)
        if not 1 <= days <= LONGEST:
            problem = f"{key} is {days} days."
            problems.append(document.error(problem, f"Use 1 to {LONGEST}.", "customers", key))
    if shape.stale_after > shape.shown_for:
        problem = "What is no longer shown cannot become stale."
        mend = "Make stale_after smaller than shown_for."
        problems.append(document.error(problem, mend, "customers", "stale_after"))
    return Customers(
        shown_for=timedelta(days=shape.shown_for),
        stale_after=timedelta(days=shape.stale_after),
        back_after=timedelta(days=shape.back_after),
        again_within=timedelta(days=shape.again_within),
    )
