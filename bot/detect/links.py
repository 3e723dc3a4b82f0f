"""Addresses in a text, and the tricks that are played with them.

Kind `URL` for an address that a reader or a chat program would open: with a scheme, with `www.`, or
a bare domain. Kind `link-trick` for one that leads elsewhere than it seems: letters of another
script, punycode, a name before an `@`, a scheme that runs code, dots or slashes that only look so,
an address written as a number, words that name another host than the link behind them.
A link with a trick is reported as the trick alone.
"""

from __future__ import annotations

from itertools import islice

from bot.detect.folding import compile_caseless, fold_text, fold_to_skeleton, replace_surrogates
from bot.detect.words.top_level_domains import ENDINGS
from bot.model import Span

MOST = 256  # spans reported
LONGEST = 2048  # characters of an address
SEEN = 1024  # candidates looked at; a text with more is no text

_HOST = r"[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?"
_CODE = compile_caseless(r"\b(?:javascript|vbscript|data|blob|about)\s?:\s?[^\s]+")
_CODE_ONLY = compile_caseless(r"(?:javascript|vbscript|blob)|data\s?:\s?[a-z]+/|about\s?:\s?blank")
_NAME = rf"(?:{_HOST}[.。．｡])+[\p{{L}}][\p{{L}}\p{{N}}-]*"
_BARE = compile_caseless(_NAME)
_ADDRESS = compile_caseless(
    r"(?:h(?:tt|xx)ps?|ftps?|wss?|file|tel|sms|intent|slack)\s?:\s?[/\\]{1,3}[^\s<>\"'`|]+"
    r"|mailto:[^\s<>\"'`|]+"
    rf"|{_NAME}(?::\d{{2,5}})?(?:[/?#][^\s<>\"'`|]*)?"
)
_SPELLED = compile_caseless(
    r"\b[a-z0-9-]{2,63} ?[(\[{] ?(?:dot|punkt|\.) ?[)\]}] ?[a-z]{2,12}\b|\[\.\]"
)
_NAMED = compile_caseless(
    r"\[([^\[\]\n]{1,200})\]\(\s*<?([^()\s>]+)\)?|<(https?:[^<>|\s]+)\|([^<>\n]{1,200})>"
)
_NUMERIC_HOST = compile_caseless(r"(?:0x[0-9a-f]+|0\d+|\d+)(?:\.(?:0x[0-9a-f]+|0\d+|\d+)){0,3}")
_DOTTED = compile_caseless(r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}")
_TRAILING = ".,;:!?…)]}*_~»”’"
_HINTS = frozenset(".:。．｡([{")
_BRACKETS = frozenset("[({<")


def find_links(text: str) -> tuple[Span, ...]:
    """Every address and link trick, in order, none overlapping another. Total and linear."""
    text = replace_surrogates(text)
    if _HINTS.isdisjoint(text):
        return ()
    found = [
        _classify_address(text, m.start(), m.end()) for m in islice(_ADDRESS.finditer(text), SEEN)
    ]
    if ":" in text:
        found += (
            Span(m.start(), m.end(), "link-trick", m.group())
            for m in islice(_CODE.finditer(text), SEEN)
            if _CODE_ONLY.match(m.group())
        )
    if not _BRACKETS.isdisjoint(text):
        found += _find_mismatched_links(text)
        found += (
            Span(m.start(), m.end(), "link-trick", m.group())
            for m in islice(_SPELLED.finditer(text), SEEN)
        )
    kept: list[Span] = []
    reached = -1
    for span in sorted((s for s in found if s), key=lambda s: (s.start, s.kind != "link-trick")):
        if span.start >= reached and len(kept) < MOST:
            kept.append(span)
            reached = span.end
    return tuple(kept)


def host_of_url(url: str) -> str:
    """The host that an address leads to, folded; empty if it has none."""
    name = _authority_of_url(url).rpartition("@")[2].partition(":")[0].rstrip(".")
    return fold_text(name).text.removeprefix("www.")


def _authority_of_url(url: str) -> str:
    """What stands between the scheme's slashes and the path, query or fragment."""
    scheme, colon, rest = url.partition(":")
    start = rest.lstrip(" /\\") if colon and scheme.strip().isalnum() else url
    return min((start.partition(mark)[0] for mark in "/\\?#"), key=len)


def _trim_punctuation(text: str, start: int, end: int) -> int:
    """Where an address ends when the punctuation of the sentence is left out."""
    while end > start and text[end - 1] in _TRAILING:
        if text[end - 1] == ")" and text.count("(", start, end) >= text.count(")", start, end):
            break
        end -= 1
    return end


def _classify_address(text: str, start: int, end: int) -> Span | None:
    """What the words are: a trick, a URL, or nothing that can be opened."""
    scheme, colon, rest = text[start:end].partition(":")
    scheme = scheme.rstrip().lower()
    if colon and (rest.lstrip()[:1] in ("/", "\\") or scheme == "mailto"):
        return _classify_schemed(text, start, _trim_punctuation(text, start, end), scheme)
    if text.startswith("://", end):  # "5th.https://…": a sentence without its space
        glued = start + text[start:end].rfind(".") + 1
        match = _ADDRESS.match(text[glued : glued + LONGEST]) if glued > start else None
        return _classify_address(text, glued, glued + match.end()) if match else None
    return _classify_bare_domain(text, start, _trim_punctuation(text, start, end))


def _classify_schemed(text: str, start: int, end: int, scheme: str) -> Span | None:
    url = text[start:end]
    if scheme in ("tel", "sms", "mailto"):
        return Span(start, end, "URL", url)
    if scheme.startswith("hxx") or _is_tricky(_authority_of_url(url), url):
        return Span(start, end, "link-trick", url)
    name = host_of_url(url)
    known = name == "localhost" or name.rpartition(".")[2] in ENDINGS or _DOTTED.fullmatch(name)
    return Span(start, end, "URL", url) if known else None


def _is_tricky(authority: str, url: str) -> bool:
    name = authority.rpartition("@")[2].partition(":")[0].lower()
    slashes = url.partition(":")[2].lstrip()[:3]
    return (
        "@" in authority
        or "%" in authority
        or "\\" in slashes
        or slashes == "///"
        or "xn--" in name
        or _imitates_latin(name)
        or (
            name[:1].isdigit()
            and _NUMERIC_HOST.fullmatch(name) is not None
            and not _DOTTED.fullmatch(name)
        )
    )


def _imitates_latin(name: str) -> bool:
    """Whether a host's letters of other scripts can all be read as Latin ones, or dots as dots."""
    if name.isascii():
        return False
    bare = fold_to_skeleton(name).text
    plain = fold_text(name).text
    latin = all(ord(c) < 0x250 for c in plain)
    return not latin and bare.replace("。", ".").isascii()


def _classify_bare_domain(text: str, start: int, end: int) -> Span | None:
    before = text[start - 1] if start else " "
    if before in "@/\\:-_.=%&" or text[end : end + 1] == "@":
        return None
    words = text[start:end]
    name = min((words.partition(mark)[0] for mark in "/?#:"), key=len)
    ending = fold_text(name).text.replace("。", ".").rpartition(".")[2]
    if ending.startswith("xn--") or ".xn--" in name.lower() or _imitates_latin(name):
        return Span(start, end, "link-trick", words)
    return Span(start, end, "URL", words) if _is_clickable(name, ending, words) else None


def _is_clickable(name: str, ending: str, words: str) -> bool:
    """Whether a chat program would make a link of a bare domain, and a reader take it for one."""
    if ending not in ENDINGS:
        return False
    label = name.rpartition(".")[0]
    if name.lower().startswith("www.") or "/" in words:
        return True
    # "7.am" is a time, "home.In" the end of a sentence without its space
    written = name.rpartition(".")[2]
    return not (len(label) == 1 and label.isdigit()) and (written.islower() or name.isupper())


def _find_mismatched_links(text: str) -> list[Span]:
    """Links whose words name another host than they lead to."""
    spans = []
    for match in islice(_NAMED.finditer(text), SEEN):
        words, url = match.group(1) or match.group(4), match.group(2) or match.group(3)
        named = [host_of_url(m.group()) for m in _BARE.finditer(words or "")]
        leads = host_of_url(url or "")
        if any(n.rpartition(".")[2] in ENDINGS and n != leads for n in named):
            spans.append(Span(match.start(), match.end(), "link-trick", match.group()))
    return spans
