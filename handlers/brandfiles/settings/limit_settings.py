"""`limits:` of config.yaml -> Limits: how much may go out by itself, or quickly."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import msgspec
import re2

from bot.brand.limits import SendLimits
from bot.model.errors import did_you_mean
from handlers.brandfiles.documents.document_shape import Wrong

_LENGTH = re2.compile(r"(?:([0-9]{1,3})d)? ?(?:([0-9]{1,3})h)? ?(?:([0-9]{1,4})m)?")
_LEAST = ("sends_an_hour", "same_text", "notices_in_a_row", "failures", "to_one_person")


class LimitsShape(msgspec.Struct, frozen=True):
    sends_an_hour: int = 300
    sends_in: dict[str, int] = {}
    same_text: int = 2
    notices_in_a_row: int = 3
    failures: int = 5
    rest: str = "5m"
    to_one_person: int = 20
    period: str = "1d"


def read_limits(shape: LimitsShape, channels: Collection[str], wrong: Wrong) -> SendLimits:
    """The limits that a config names; what is wrong with them is said through `wrong`."""
    for key in _LEAST:
        if getattr(shape, key) < 1:
            wrong(f"“{key}” is {getattr(shape, key)}.", "Use 1 or more.", "limits", key)
    for name, most in shape.sends_in.items():
        if name not in channels:
            mend = did_you_mean(name, channels)
            wrong(f"There is no channel “{name}”.", mend, "limits", "sends_in", name)
        elif most < 1:
            wrong(f"“{name}” may send {most}.", "Use 1 or more.", "limits", "sends_in", name)
    lengths = {}
    for key in ("rest", "period"):
        said = getattr(shape, key)
        length = length_of(said)
        if not length:
            wrong(f"“{said}” is no length of time.", "Write it like 5m, 2h or 1d.", "limits", key)
        lengths[key] = length or timedelta(days=1)
    return SendLimits(
        sends_an_hour=shape.sends_an_hour,
        sends_in=dict(shape.sends_in),
        same_text=shape.same_text,
        notices_in_a_row=shape.notices_in_a_row,
        failures=shape.failures,
        rest=lengths["rest"],
        to_one_person=shape.to_one_person,
        period=lengths["period"],
    )


def length_of(text: str) -> timedelta | None:
    """“15m”, “2h 30m”, “1d”; “0m” is none at all, None is no length of time."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)
