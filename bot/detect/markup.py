"""Text that a machine would read as more than text.

A reply is plain. Whatever a browser, a chat, a template or Markdown would act on has no place in
it, and neither have characters that nobody can see. This is the second look: what is sent is
escaped where it is written, whatever is found here.

Kinds: `html`, `script`, `slack`, `template`, `markdown`, `control`, `bidi`, `invisible`.
"""

from __future__ import annotations

import unicodedata
from itertools import islice

from bot.detect.folding import Pattern, compile_caseless, is_invisible, replace_surrogates
from bot.model import Span

MOST = 256

_KINDS: tuple[tuple[str, Pattern], ...] = (
    (
        "script",
        compile_caseless(
            r"<[\s/]*(?:script|iframe|object|embed|svg|style|link|meta|base|form)\b[^<>]*>?"
            r"|\b(?:javascript|vbscript|livescript)\s*:|\bdata\s*:\s*text/html"
            r"|\bon[a-z]{3,24}\s*=\s*[\"'`\w(]|&#(?:x[0-9a-f]+|\d+);?"
        ),
    ),
    (
        "slack",
        compile_caseless(
            r"<(?:[@#!][^<>\s|]{1,80}|(?:https?|mailto|tel):[^<>\s]+)(?:\|[^<>]*)?>|<!--"
        ),
    ),
    (
        "html",
        compile_caseless(
            r"</?[a-z!?][^<>]*>|</?[a-z][a-z0-9:-]*(?:[\s/]+[^<>\s=]+\s*=|\s*/?$)|<!\[cdata"
        ),
    ),
    ("template", compile_caseless(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|<%|%>|#\{|\{\{\{")),
    (
        "markdown",
        compile_caseless(
            r"!?\[[^\[\]\n]*\]\([^()\s]*[^()\n]*\)|!?\[[^\[\]\n]+\]\[[^\[\]\n]*\]|^\[[^\]\n]+\]:\s*\S"
        ),
    ),
)
_ODD = compile_caseless(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\x{115f}\x{1160}\x{2800}\x{3164}"
    r"\x{ffa0}\x{fe00}-\x{fe0f}\x{e0100}-\x{e01ef}\x{34f}]"
)
_SIGNS = frozenset("<>{}[&:=%#")
_PLAIN_SPACE = frozenset("\n\t\r")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")  # parts of emoji and of several scripts


def find_markup(text: str) -> tuple[Span, ...]:
    """Every piece of mark-up or hidden text, in order. Total and linear."""
    text = replace_surrogates(text)
    spans: list[Span] = []
    if not _SIGNS.isdisjoint(text):
        for kind, shape in _KINDS:
            spans += (
                Span(match.start(), match.end(), kind, match.group())
                for match in islice(shape.finditer(text), MOST)
            )
    if _ODD.search(text):
        spans += _find_hidden(text)
    return tuple(sorted(spans[:MOST], key=lambda span: (span.start, span.end)))


def _find_hidden(text: str) -> list[Span]:
    spans = []
    for place, character in enumerate(text):
        if character.isascii() and (character.isprintable() or character in _PLAIN_SPACE):
            continue
        kind = _unseen_kind(character, text, place)
        if kind:
            spans.append(Span(place, place + 1, kind, character))
            if len(spans) >= MOST:
                break
    return spans


def _unseen_kind(character: str, text: str, place: int) -> str:
    """The kind of a character that nobody sees; empty for one that is there to be read."""
    if character in _BIDI:
        return "bidi"
    if character in _JOINERS:
        beside = text[place - 1 : place] if place else ""
        return "" if beside and not beside.isascii() else "invisible"
    if is_invisible(character):
        return "invisible"
    return "control" if unicodedata.category(character) in ("Cc", "Co", "Cs", "Zl", "Zp") else ""
