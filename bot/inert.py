"""Customer text is data: how it is written so that the reader's machine takes it for nothing else.

One escaper a place, by construction and without a list of bad things. HTML is not here: pages are
rendered by Jinja with autoescape, and code that builds HTML uses markupsafe.
"""

from __future__ import annotations

_SLACK = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
LINE = 500


def slack(text: str) -> str:
    """The text for a Slack `text` or `mrkdwn` field: mentions, links and channels lose their power.

    Escapes `&`, `<` and `>` and nothing else, as Slack asks; reading them back gives the text.
    """
    return text.translate(_SLACK)


def line(text: str, most: int = LINE) -> str:
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
