"""What a message only passes on: quoted lines, reposts, and longer words between quotation marks.

They were said by somebody else. A person's own words are read; if there are hardly any, nobody
can tell what is wanted.
"""

from __future__ import annotations

from typing import Any

from bot.detect.folding import compile_caseless

_SHORTEST = 4  # words between quotation marks; fewer name a thing
_PASSED_ON = compile_caseless(
    r"(?m)^[ \t]*>.*$"
    r"|^[ \t]*(?:RT|MT)[ :]+@.*$"
    r"|^[ \t]*via @.*$"
    r"|^-+ ?(?:forwarded|original|weitergeleitete|ursprüngliche) (?:message|nachricht) ?-+(?:.|\n)*"
    r"|^(?:on|am) [^\n]+ (?:wrote|schrieb)[^\n]*:$"
)
_BETWEEN = compile_caseless(r'“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|"[^"\n]+"')


def blank_quotations(text: str) -> str:
    """The text with what is passed on turned into spaces: every offset stays."""
    kept = _PASSED_ON.sub(_blank_match, text)
    return _BETWEEN.sub(_blank_if_long, kept)


def _blank_match(match: Any) -> str:
    return "".join(c if c == "\n" else " " for c in match.group(0))


def _blank_if_long(match: Any) -> str:
    return _blank_match(match) if len(match.group(0).split()) >= _SHORTEST else str(match.group(0))
