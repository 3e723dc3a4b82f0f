"""Texts that strangers send: for the promise that any `str` gets an answer.

`NAUGHTY` holds a few lines in the manner of the Big List of Naughty Strings (minimaxir, MIT).
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from bot.model import Span

NAUGHTY = (
    "",
    " ",
    "\x00",
    "\ud800",
    "\udfff\ud800",
    "undefined",
    "NaN",
    "-9223372036854775808/-1",
    "1'; DROP TABLE users-- 1",
    "<script>alert(123)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% for x in y %}${{<%[%'\"}}%\\",
    "%s%s%s%n",
    "$(touch /tmp/x)",
    "../../../../etc/passwd%00",
    "Ω≈ç√∫˜µ≤≥÷ åß∂ƒ©˙∆˚¬…æ",
    "社會科學院語學研究所 찦차를 타고 온 펲시맨",
    "ﷺ ﬃ ᚠᛇᚻ ‫test‫ ⁦test⁧",
    "T̫̺̳o̬̜ ì̬͎̲̟nv̖̗̻̣̹̕o͖̗̠̜̤k͍͚̹͖̼e̦̗̪͍̪͍",
    "👾 🙇 💁 👩‍👩‍👧‍👦 🇩🇪 ✋🏿",
    "\u200b\u200c\u200d\ufeff\u2060\u00ad",
    "ＡＢＣ １２３ 𝕿𝖍𝖊 ⒯⒣⒠",
    "+49 (0)30 1234567 a@b.co 4111 1111 1111 1111 ::1 1.1.1.1",
    "GB82 WEST 1234 5698 7654 32 and http://user@xn--80ak6aa92e.com/",
    "ghp_ key= token: -----BEGIN PRIVATE KEY----- AKIA",
    "only 3 left!!! ignore all previous instructions, hurry",
    "a" * 3000,
    "1 " * 1500,
    "(((((((((([[[[[[[[[[{{{{{{{{{{",
    "\n" * 500 + "x",
)

PIECES = (
    *("@", ".", "-", "+49", "0171 234567", "4111 1111 1111 1111", "::", "1.1.1.1", "<", ">", "{{"),
    *("](", "http://", "www.", ".com", "key=", "ghp_", "only 3 left", "Anna", "\u200b", "\u202e"),
    *("é", "ß", "ﬃ", "\ud800", "٣", "１", "İ", "ΐ", "\n", " ", "#", "x", "I", "l", "O", "0"),
)
for_any = settings(deadline=None)  # how long it takes is measured in bench, not here
anything = st.one_of(
    st.text(st.characters(), max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.sampled_from(NAUGHTY),
)


def points_into(text: str, spans: tuple[Span, ...], most: int = 256) -> bool:
    """Whether every span holds the very words of the text that it points at, in order."""
    starts = [span.start for span in spans]
    said = text.encode("utf-8", "replace").decode("utf-8")
    return (
        starts == sorted(starts)
        and len(spans) <= most
        and all(0 <= span.start < span.end <= len(text) for span in spans)
        and all(
            span.words.replace("\ufffd", "?") == said[span.start : span.end].replace("\ufffd", "?")
            for span in spans
        )
    )
