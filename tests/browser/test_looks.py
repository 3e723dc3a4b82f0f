"""Contrast, size and width, computed from what the browser draws: light, dark, small and zoomed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Opens
from tests.browser.shopfront import Shopfront
from tests.browser.test_chat_page import ASK, approved, writes
from tests.browser.test_desk_page import Sits
from tests.shop import ADA

# Every piece of text that is drawn, with its colour and the one behind it.
TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const solid = (element) => {
    const parts = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    return parts.length < 4 || parts[3] > 0;
  };
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    let element = walker.currentNode.parentElement;
    const shown = text && element.checkVisibility();
    if (!shown || element.closest(".unseen, .skip, noscript")) continue;
    const style = getComputedStyle(element);
    let behind = element;
    while (behind.parentElement && !solid(behind)) behind = behind.parentElement;
    const ground = getComputedStyle(behind).backgroundColor;
    const number = element.closest(".number") !== null;
    found.push([text.slice(0, 40), style.color, ground, parseFloat(style.fontSize), number]);
  }
  return found;
}"""


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.strip("rgba()").split(",")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


async def assert_readable(page: Page) -> None:
    texts: list[Any] = await page.evaluate(TEXTS)
    assert texts
    for text, colour, behind, size, is_number in texts:
        assert contrast(colour, behind) >= 4.5, (text, colour, behind)
        assert size >= 16 or is_number, (text, size)


async def assert_fits(page: Page) -> None:
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
# 200% zoom of a 1280 px window leaves 640 CSS pixels
WIDTHS = pytest.mark.parametrize("width", [1440, 640, 390, 320])


@SCHEMES
async def test_the_desk_is_readable(desk: Sits, side: Shopfront, scheme: str) -> None:
    engagement = await side.ask(ASK)
    body = "You get 20% off, within 45 days, and it is free."
    await side.write(engagement, ADA, body)
    side.app.library.trouble.append("A change is not in force; the old files are.")
    page = await desk(color_scheme=scheme)
    for tone in ("stop", "hold"):
        await page.locator(f"mark.{tone}").first.wait_for()
    await assert_readable(page)
    await page.keyboard.press("e")
    await page.get_by_label("Your version").wait_for()
    await assert_readable(page)


@SCHEMES
async def test_the_chat_is_readable(opens: Opens, side: Shopfront, scheme: str) -> None:
    page = await opens("/chat", color_scheme=scheme)
    await writes(page, ASK)
    await assert_readable(page)
    await approved(side)
    await page.locator(".ours").wait_for()
    await assert_readable(page)


@WIDTHS
async def test_nothing_is_wider_than_the_window(
    opens: Opens, desk: Sits, side: Shopfront, width: int
) -> None:
    engagement = await side.ask("return " + "averyverylongword" * 20)
    window = {"viewport": {"width": width, "height": 720}}
    for path in ("/", "/chat", "/nothing"):
        expected = ("404",) if path == "/nothing" else ()
        await assert_fits(await opens(path, expected=expected, **window))
    page = await desk(**window)
    for path in (
        "/desk",
        f"/desk/{engagement}",
        f"/desk/{engagement}?do=edit",
        f"/desk/{engagement}?step=reply",
    ):
        await page.goto(side.base + path)
        await assert_fits(page)
