"""The log, a line a record: what strangers wrote forges no second line, repaints no terminal."""

from __future__ import annotations

import logging
from typing import Any

_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
LINE = 500


def one_line(text: str, most: int = LINE) -> str:
    """The text as one line of a log: what can't be seen is spelled out, at most `most` characters.

    Line breaks, control, bidi and unassigned characters, and lone surrogates appear as escapes, so
    that nobody can forge a second line or repaint a terminal. What is cut off is counted.
    """
    shown = "".join(
        c if c.isprintable() and c != "\\" else _NAMES.get(c) or _escape(c) for c in text[:most]
    )
    if len(shown) <= most and len(text) <= most:
        return shown
    rest = f"… (+{len(text)} characters in all)"
    return shown[: max(0, most - len(rest))] + rest if len(rest) < most else shown[:most]


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


class OneLineFormatter(logging.Formatter):
    """As the standard formatter; the message is one line, and so is each line of a traceback."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        record.message = one_line(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return "\n".join(one_line(line) for line in super().formatException(ei).splitlines())
