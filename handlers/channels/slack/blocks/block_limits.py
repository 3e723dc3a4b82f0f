"""What Slack refuses to show: the limits of messages and views, by walking every nested element.

`faults` says what is wrong, in words; empty means that Slack takes it. The SDK's own validation
looks at the outermost level only. Lengths are in UTF-16 units, as Slack counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from handlers.channels.slack.blocks.mrkdwn import units

Node = Mapping[str, Any]

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
VIEW_BYTES: Final = 250_000
TOTAL: Final = 13_200  # characters in all blocks of a message; seen, not documented
SECTION: Final = 3_000
INPUT: Final = 3_000
HEADER: Final = 150
ID: Final = 255
METADATA: Final = 3_000
BUTTON_VALUE: Final = 2_000

# of an object of this type, this string may have so many characters
_LENGTHS: Final[Mapping[str, Mapping[str, int]]] = {
    "section": {"text": SECTION, "block_id": ID},
    "header": {"text": HEADER, "block_id": ID},
    "rich_text": {"block_id": ID},
    "actions": {"block_id": ID},
    "context": {"block_id": ID},
    "divider": {"block_id": ID},
    "input": {"label": 2_000, "hint": 2_000, "block_id": ID},
    "button": {"text": 75, "value": BUTTON_VALUE, "action_id": ID, "url": 3_000},
    "static_select": {"placeholder": 150, "action_id": ID},
    "plain_text_input": {"initial_value": INPUT, "placeholder": 150, "action_id": ID},
    "modal": {
        "title": 24,
        "submit": 24,
        "close": 24,
        "callback_id": ID,
        "private_metadata": METADATA,
    },
    "home": {"callback_id": ID, "private_metadata": METADATA},
}
# … and this list so many members
_COUNTS: Final[Mapping[str, Mapping[str, int]]] = {
    "actions": {"elements": 25},
    "context": {"elements": 10},
    "section": {"fields": 10},
    "static_select": {"options": 100},
    "modal": {"blocks": VIEW_BLOCKS},
    "home": {"blocks": VIEW_BLOCKS},
}


def faults(payload: Node) -> list[str]:
    """What Slack would refuse in this message (with `blocks`) or view (with a `type` as well)."""
    found = list(_walk(payload, "view" if "type" in payload else "message"))
    blocks = payload.get("blocks") or []
    if "type" in payload:
        size = len(msgspec.json.encode(payload))
        if size > VIEW_BYTES:
            found.append(f"view: {size:,} bytes, at most {VIEW_BYTES:,}")
    else:
        if len(blocks) > MESSAGE_BLOCKS:
            found.append(f"message: {len(blocks)} blocks, at most {MESSAGE_BLOCKS}")
        total = sum(units(words) for words in _texts(blocks))
        if total > TOTAL:
            found.append(f"message: {total:,} characters in its blocks, at most {TOTAL:,}")
    names = Counter(b["block_id"] for b in blocks if b.get("block_id"))
    found += [f"block_id {name!r} is used {n} times" for name, n in names.items() if n > 1]
    return found


def _walk(node: Any, where: str) -> Iterator[str]:
    if isinstance(node, list):
        for index, member in enumerate(node):
            yield from _walk(member, f"{where}[{index}]")
        return
    if not isinstance(node, Mapping):
        return
    kind = str(node.get("type", ""))
    for field, most in _LENGTHS.get(kind, {}).items():
        words = _words(node.get(field))
        if units(words) > most:
            yield f"{where}.{field}: {units(words):,} characters, at most {most:,}"
    for field, many in _COUNTS.get(kind, {}).items():
        if len(node.get(field) or ()) > many:
            yield f"{where}.{field}: {len(node[field])} members, at most {many}"
    if "options" in node:
        yield from _options(node["options"], where)
    if kind in ("mrkdwn", "plain_text") and not node.get("text"):
        yield f"{where}: an empty text"
    if kind in ("rich_text_section", "rich_text_quote", "actions") and not node.get("elements"):
        yield f"{where}: no elements"
    for field, member in node.items():
        if isinstance(member, (list, Mapping)):
            yield from _walk(member, f"{where}.{field}")


def _options(options: list[Node], where: str) -> Iterator[str]:
    for option in options:
        if units(_words(option.get("text"))) > 75 or units(str(option.get("value", ""))) > 150:
            yield f"{where}: an option with more than 75 characters, or 150 in its value"


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("text", ""))
    return value if isinstance(value, str) else ""


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for member in node:
            yield from _texts(member)
    elif isinstance(node, Mapping):
        for field, member in node.items():
            if field in ("text", "url") and isinstance(member, str):
                yield member
            elif isinstance(member, (list, Mapping)):
                yield from _texts(member)
