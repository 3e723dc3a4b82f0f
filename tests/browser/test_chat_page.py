"""The customer's page in a real browser, under the real security policy."""

from __future__ import annotations

from playwright.async_api import Page, expect

from bot.model import State
from tests.browser.conftest import Opens
from tests.browser.shopfront import Shopfront
from tests.shop import ADA

ASK = "Can I still return boots I bought three weeks ago?"


async def writes(page: Page, text: str) -> None:
    await (
        page.get_by_label("What can we do for you?")
        .or_(page.get_by_label("Your message"))
        .fill(text)
    )
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".theirs .words").last).to_have_text(text)


async def approved(side: Shopfront) -> None:
    """The newest ask is drafted, approved, and sent when the undo window ends."""
    await side.app.service.quiet()
    await side.approve(side.engagement().id, ADA)
    await side.wait(21)
    await side.until(lambda: side.state() is State.SENT)


async def keys(page: Page) -> list[str]:
    found: list[str] = await page.eval_on_selector_all(
        ".turn", "all => all.map(e => e.dataset.key)"
    )
    return found


def turns(side: Shopfront) -> list[str]:
    """What was said in the only conversation, oldest first."""
    conversation = side.engagement().place.conversation
    return [turn.key for turn in side.app.service.turns(conversation)]


async def test_a_question_and_its_answer_without_loading_again(
    opens: Opens, side: Shopfront
) -> None:
    page = await opens("/chat")
    await writes(page, ASK)
    await expect(page.locator("#standing")).to_contain_text("A person reads it before it is sent.")
    await approved(side)
    answer = page.locator(".ours")
    await expect(answer).to_contain_text("within 60 days of delivery")
    await expect(answer.get_by_role("link", name="why this answer?")).to_be_visible()
    await expect(page.locator("#standing")).to_be_empty()
    await expect(page.get_by_role("textbox")).to_be_focused()
    await answer.get_by_role("link", name="a person, please").click()
    await expect(page.locator(".theirs").last).to_contain_text("I would like to talk to a person")


async def test_every_page_of_one_customer_shows_the_same(opens: Opens, side: Shopfront) -> None:
    page = await opens("/chat")
    await writes(page, ASK)
    other = await page.context.new_page()
    await other.goto(f"{side.base}/chat")
    await writes(other, "And sandals?")
    await expect(page.locator(".theirs")).to_have_count(2)
    assert await keys(page) == await keys(other)


async def test_a_lost_connection_loses_and_doubles_nothing(opens: Opens, side: Shopfront) -> None:
    lost = ("ERR_INTERNET_DISCONNECTED", "ERR_INCOMPLETE_CHUNKED_ENCODING")
    page = await opens("/chat", expected=lost)
    await writes(page, ASK)
    for round_ in range(2):
        await page.context.set_offline(True)
        await side.drop_lines()
        await expect(page.locator("#line")).to_contain_text("The connection is lost")
        await approved(side)
        await page.context.set_offline(False)
        await expect(page.locator(".ours")).to_have_count(round_ + 1)
        await expect(page.locator("#line")).to_have_text("Connected again. Nothing was missed.")
        await writes(page, f"And what about sandals number {round_}, can I return them?")
    await side.app.service.quiet()
    await expect(page.locator(".turn")).to_have_count(len(turns(side)))
    assert await keys(page) == turns(side)


async def test_a_send_that_was_lost_is_sent_again_as_the_same_message(
    opens: Opens, side: Shopfront
) -> None:
    page = await opens("/chat", expected=("ERR_FAILED",))

    async def loses_the_answer(route: object) -> None:
        await route.fetch()  # type: ignore[attr-defined]
        await route.abort()  # type: ignore[attr-defined]

    await page.route("**/chat", loses_the_answer, times=1)
    await page.get_by_role("textbox").fill(ASK)
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("#problem")).to_contain_text("has not reached us yet")
    await expect(page.get_by_role("textbox")).to_have_value(ASK)
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("textbox")).to_have_value("")
    assert len(turns(side)) == 1
    await expect(page.locator(".theirs")).to_have_count(1)


async def test_hostile_words_stay_words_from_both_sides(opens: Opens, side: Shopfront) -> None:
    hostile = (
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    )
    page = await opens("/chat")
    await writes(page, hostile)
    await side.app.service.quiet()
    answer = await side.write(side.engagement().id, ADA, hostile)
    assert not answer.done and "Blocked" in answer.words
    await side.write(side.engagement().id, ADA, "“Tom & Jerry” are &amp; were friends.")
    await side.wait(21)
    await expect(page.locator(".ours .words").last).to_contain_text("& Jerry” are &amp; were")
    assert await page.locator(".turn img, .turn script").count() == 0
    await page.reload()
    await expect(page.locator(".theirs .words")).to_have_text(hostile)
    assert "owned" not in await page.title()


async def test_without_scripts_one_can_read_and_write(opens: Opens, side: Shopfront) -> None:
    page = await opens("/chat", java_script_enabled=False)
    await writes(page, ASK)
    await approved(side)
    await page.get_by_role("button", name="Look for new answers").click()
    await expect(page.locator(".ours")).to_contain_text("within 60 days of delivery")
    await page.get_by_role("button", name="A person, please").click()
    await expect(page.locator(".theirs").last).to_contain_text("I would like to talk to a person")


async def test_the_widget_opens_the_chat_in_a_page_of_the_brands(
    opens: Opens, side: Shopfront
) -> None:
    page = await opens("/")
    await page.add_script_tag(url=f"{side.base}/widget.js")
    button = page.get_by_role("button", name="Write to us")
    await button.click()
    frame = page.frame_locator("iframe[title='Write to us']")
    await frame.get_by_role("textbox").fill(ASK)
    await frame.get_by_role("button", name="Send").click()
    await expect(frame.locator(".theirs .words")).to_have_text(ASK)
    await button.click()
    await expect(page.locator("iframe")).to_be_hidden()
    await expect(button).to_have_attribute("aria-expanded", "false")
