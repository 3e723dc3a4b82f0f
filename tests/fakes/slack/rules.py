"""What Slack accepts as blocks and views: written from its documentation (SLACK's table of limits),
apart from the product's own check, so that one finds the other's mistakes.

`refusal` gives the word with which Slack refuses, or None. `seen` is what a person sees of blocks:
the words, and apart from them every mention and link that Slack would make.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]


class SlackError(Exception):
    """Slack says no, with this word and these details."""

    def __init__(self, word: str, detail: str = "") -> None:
        super().__init__(f"{word}: {detail}")
        self.word, self.detail = word, detail


def size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def need(true: bool, detail: str, word: str = "invalid_blocks") -> None:
    if not true:
        raise SlackError(word, detail)


def within(text: Any, most: int, what: str, least: int = 1) -> None:
    need(isinstance(text, str), f"{what} is no string")
    need(least <= size(text) <= most, f"{what}: {size(text)} characters, allowed {least} to {most}")


def text_object(node: Any, most: int, what: str, only_plain: bool = False) -> None:
    need(isinstance(node, dict) and set(node) <= {"type", "text", "emoji", "verbatim"}, what)
    allowed = ("plain_text",) if only_plain else ("plain_text", "mrkdwn")
    need(node.get("type") in allowed, f"{what}: type {node.get('type')}")
    within(node.get("text"), most, what)


def check_message(body: Node) -> None:
    blocks = body.get("blocks")
    need(bool(body.get("text")) or bool(blocks), "neither text nor blocks", "no_text")
    need(bool(body.get("text")), "blocks without a top-level text: screen readers read it")
    if blocks is not None:
        need(isinstance(blocks, list), "blocks is no list", "invalid_blocks_format")
        need(len(blocks) <= 50, f"{len(blocks)} blocks")
        check_blocks(blocks, "message")
        need(sum(map(size, strings(blocks))) <= 13_200, "too much text", "msg_blocks_too_long")
    if "metadata" in body:
        metadata = body["metadata"]
        need(
            set(metadata) == {"event_type", "event_payload"}, "metadata", "invalid_metadata_format"
        )
        need(isinstance(metadata["event_payload"], dict), "metadata", "invalid_metadata_schema")


def check_view(view: Node) -> None:
    kind = view.get("type")
    need(kind in ("modal", "home"), f"view type {kind}", "invalid_arguments")
    need(len(json.dumps(view).encode()) <= 250_000, "250 kB", "view_too_large")
    need(len(view.get("blocks", [])) <= 100, "100 blocks", "invalid_arguments")
    within(view.get("private_metadata", ""), 3000, "private_metadata", least=0)
    within(view.get("callback_id", ""), 255, "callback_id", least=0)
    if kind == "modal":
        text_object(view.get("title"), 24, "title", only_plain=True)
        for name in ("submit", "close"):
            if name in view:
                text_object(view[name], 24, name, only_plain=True)
        inputs = any(b.get("type") == "input" for b in view["blocks"])
        need(not inputs or "submit" in view, "an input needs a submit", "invalid_arguments")
    else:
        need(not {"title", "submit", "close"} & set(view), "home has no title", "invalid_arguments")
    check_blocks(view["blocks"], kind)


def check_blocks(blocks: list[Node], surface: str) -> None:
    ids = [b["block_id"] for b in blocks if "block_id" in b]
    need(len(ids) == len(set(ids)), "a block_id twice")
    for block in blocks:
        if "block_id" in block:
            within(block["block_id"], 255, "block_id")
        check = BLOCKS.get(block.get("type", ""))
        need(check is not None, f"block type {block.get('type')}")
        check(block)  # type: ignore[misc]


def section(block: Node) -> None:
    need("text" in block or "fields" in block, "section without text")
    if "text" in block:
        text_object(block["text"], 3000, "section text")
    for each in block.get("fields", []):
        text_object(each, 2000, "section field")
    need(len(block.get("fields", [])) <= 10, "fields")
    if "accessory" in block:
        element(block["accessory"])


def header(block: Node) -> None:
    text_object(block.get("text"), 150, "header", only_plain=True)


def context(block: Node) -> None:
    need(1 <= len(block["elements"]) <= 10, "context elements")
    for each in block["elements"]:
        text_object(each, 3000, "context text")


def actions(block: Node) -> None:
    need(1 <= len(block["elements"]) <= 25, f"{len(block['elements'])} actions")
    ids = [e.get("action_id") for e in block["elements"]]
    need(len(ids) == len(set(ids)), "an action_id twice in a block")
    for each in block["elements"]:
        element(each)


def input_block(block: Node) -> None:
    text_object(block.get("label"), 2000, "label", only_plain=True)
    if "hint" in block:
        text_object(block["hint"], 2000, "hint", only_plain=True)
    element(block["element"])


def rich_text(block: Node) -> None:
    need(bool(block.get("elements")), "rich_text without elements")
    kinds = ("rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted")
    for each in block["elements"]:
        need(each.get("type") in kinds, f"rich text {each.get('type')}")
        need(bool(each.get("elements")), "an empty rich text section")
        for leaf in each["elements"]:
            need(leaf.get("type") in ("text", "link", "emoji", "user", "date"), f"rich {leaf}")
            if leaf["type"] == "text":
                within(leaf.get("text"), 3000, "rich text")
            if leaf["type"] == "link":
                need(leaf["url"].startswith(("http://", "https://", "mailto:")), "link address")
            styles = {"bold", "italic", "strike", "code"}
            need(set(leaf.get("style", {})) <= styles, "rich text style")


BLOCKS = {
    "section": section,
    "header": header,
    "context": context,
    "actions": actions,
    "input": input_block,
    "rich_text": rich_text,
    "divider": lambda block: None,
}


def element(node: Node) -> None:
    if "action_id" in node:
        within(node["action_id"], 255, "action_id")
    check = ELEMENTS.get(node.get("type", ""))
    need(check is not None, f"element type {node.get('type')}")
    check(node)  # type: ignore[misc]


def button(node: Node) -> None:
    text_object(node.get("text"), 75, "button text", only_plain=True)
    within(node.get("value", "x"), 2000, "button value")
    within(node.get("url", "x"), 3000, "button url")
    need(node.get("style", "primary") in ("primary", "danger"), "button style")
    if "confirm" in node:
        text_object(node["confirm"]["title"], 100, "confirm title", only_plain=True)
        text_object(node["confirm"]["text"], 300, "confirm text")
        text_object(node["confirm"]["confirm"], 30, "confirm button", only_plain=True)
        text_object(node["confirm"]["deny"], 30, "deny button", only_plain=True)


def static_select(node: Node) -> None:
    if "placeholder" in node:
        text_object(node["placeholder"], 150, "placeholder", only_plain=True)
    need(1 <= len(node["options"]) <= 100, "options")
    for option in node["options"]:
        text_object(option["text"], 75, "option text", only_plain=True)
        within(option["value"], 150, "option value")


def plain_text_input(node: Node) -> None:
    within(node.get("initial_value", ""), 3000, "initial_value", least=0)
    need(1 <= node.get("max_length", 3000) <= 3000, "max_length")
    if "placeholder" in node:
        text_object(node["placeholder"], 150, "placeholder", only_plain=True)


ELEMENTS = {
    "button": button,
    "static_select": static_select,
    "plain_text_input": plain_text_input,
}


def strings(node: Any) -> list[str]:
    if isinstance(node, list):
        return [s for member in node for s in strings(member)]
    if isinstance(node, dict):
        own = [v for k, v in node.items() if k in ("text", "url") and isinstance(v, str)]
        return own + [s for v in node.values() if isinstance(v, (dict, list)) for s in strings(v)]
    return []


@dataclass
class Seen:
    """What a person sees, and what Slack made of it."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)

    def lines(self, text: str) -> None:
        self.text += ("\n\n" if self.text else "") + text


def seen(blocks: list[Node]) -> Seen:
    out = Seen()
    for block in blocks:
        kind = block["type"]
        if kind == "rich_text":
            out.lines("\n".join(_rich(e["elements"], out) for e in block["elements"]))
        elif kind in ("section", "header"):
            out.lines(mrkdwn(block["text"], out))
            if "accessory" in block:
                out.buttons.append(block["accessory"].get("text", {}).get("text", ""))
        elif kind == "context":
            out.lines(" ".join(mrkdwn(e, out) for e in block["elements"]))
        elif kind == "actions":
            out.buttons += [e["text"]["text"] for e in block["elements"] if e["type"] == "button"]
        elif kind == "input":
            out.lines(block["label"]["text"] + ": " + block["element"].get("initial_value", ""))
    return out


def _rich(leaves: list[Node], out: Seen) -> str:
    words = []
    for leaf in leaves:
        if leaf["type"] == "link":
            out.links.append((leaf.get("text") or leaf["url"], leaf["url"]))
            words.append(leaf.get("text") or leaf["url"])
        elif leaf["type"] == "user":
            out.mentions.append(leaf["user_id"])
        else:
            words.append(leaf.get("text", ""))
    return "".join(words)


def unescape(text: str) -> str:
    """Only these three are entities to Slack."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mrkdwn(node: Node, out: Seen) -> str:
    """A text object on screen. In mrkdwn `<…>` is a mention or a link; entities are undone."""
    text = node["text"]
    if node["type"] == "plain_text":
        return unescape(text)
    return parsed(text, out)


def parsed(text: str, out: Seen) -> str:
    words, rest = "", text
    while "<" in rest:
        before, _, rest = rest.partition("<")
        words += unescape(before)
        token, closed, after = rest.partition(">")
        if not closed:
            words += "<"
            continue
        rest = after
        target, _, label = token.partition("|")
        if target[:1] in ("@", "!", "#"):
            out.mentions.append(target)
        else:
            out.links.append((unescape(label or target), unescape(target)))
        words += unescape(label or target)
    return words + unescape(rest)
