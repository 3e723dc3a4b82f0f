"""The desk in a real browser: by keyboard, live, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from bot.model import State
from tests.browser.shopfront import Shopfront
from tests.shop import ADA, MILAN, NOOR

Sits = Callable[..., Awaitable[Page]]
ASKS = (
    "Can I still return boots I bought three weeks ago?",
    "asdf jkl",
    "What are your store hours on Saturday?",
)


async def shows(page: Page, engagement: str) -> None:
    await expect(page.locator("#card")).to_have_attribute("data-engagement", engagement)


async def test_a_shift_by_keyboard_alone(desk: Sits, side: Shopfront) -> None:
    for text in ASKS:
        await side.ask(text)
        await side.wait(1)  # who asked first is due first
    order = [card.engagement for card in side.app.service.queue(ADA)]
    boots = order[0]
    page = await desk()
    await shows(page, order[0])
    for id in order[1:]:
        await page.keyboard.press("j")
        await shows(page, id)
    await page.keyboard.press("k")
    await page.keyboard.press("k")
    await shows(page, boots)
    await expect(page.locator(".item[aria-current]")).to_contain_text(ASKS[0])

    await page.keyboard.press("Enter")
    await expect(page.locator(".countdown")).to_have_text("Sends in 20 s")
    assert side.state(boots) is State.APPROVED
    await page.keyboard.press("u")
    await expect(page.locator("[data-act=approve]")).to_be_visible()
    assert side.state(boots) is State.WAITING

    await page.keyboard.press("r")
    await expect(page.get_by_label("Why not this draft?")).to_be_focused()
    await page.keyboard.type("jokes are not our tone")  # j and k are letters here
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("[data-act=edit]")).to_contain_text("Write")
    assert "jokes are not our tone" in side.engagement(boots).handling.why.about["words"]

    await page.keyboard.press("j")
    await shows(page, order[1])
    await page.keyboard.press("t")
    await expect(page.locator(".known")).to_contain_text("Ada")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Enter")  # closes the help; approves nothing
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("hours")
    await expect(page.locator(".item")).to_have_count(1)


async def test_what_one_writes_is_judged_kept_and_marked(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk()
    await page.keyboard.press("e")
    editor = page.get_by_label("Your version")
    await expect(editor).to_be_focused()
    body = "You get 20% off within 45 days."
    await editor.fill(body)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".told")).to_contain_text("Blocked")
    await expect(page.locator("mark.stop").first).to_have_text("20%")
    await expect(page.locator("mark").filter(has_text="45 days").first).to_be_visible()
    await expect(page.locator(".finding.stop").first).to_contain_text("20%")
    await expect(editor).to_have_value(body)
    await expect(editor).to_be_focused()
    assert side.state() is State.WAITING
    await editor.fill("You can return them within 60 days.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".countdown")).to_be_visible()
    assert side.state() is State.APPROVED


async def test_leaving_the_editor_sends_nothing(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk()
    await page.keyboard.press("e")
    await page.get_by_label("Your version").fill("half a thought")
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-act=approve]")).to_be_visible()
    assert side.state() is State.WAITING


async def test_send_now_and_the_card_follows_by_itself(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk()
    await page.get_by_role("button", name="Approve").click()
    await page.get_by_role("button", name="Send now").click()
    await expect(page.locator(".reply h2")).to_contain_text("sent")
    await side.until(lambda: side.state() is State.SENT)


async def test_what_others_do_is_seen_at_once(desk: Sits, side: Shopfront) -> None:
    first = await side.ask(ASKS[0])
    page = await desk()
    await side.ask(ASKS[1])
    await expect(page.locator(".item")).to_have_count(2)
    await side.approve(first, MILAN)
    await expect(page.locator(".countdown")).to_be_visible()
    await expect(page.locator("[data-act=approve]")).to_have_count(0)


async def test_words_under_way_survive_what_others_do(desk: Sits, side: Shopfront) -> None:
    first = await side.ask(ASKS[0])
    page = await desk()
    await page.keyboard.press("e")
    await page.get_by_label("Your version").fill("half a thought")
    await side.ask("And sandals?", of=first)
    await expect(page.locator(".moved")).to_be_visible()
    await expect(page.get_by_label("Your version")).to_have_value("half a thought")


async def test_a_click_that_comes_too_late_is_told_so(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk()
    await page.route("**/desk/events", lambda route: route.abort())
    digest = await page.locator("input[name=digest]").first.input_value()
    await page.evaluate("() => document.querySelector('.actions input[name=digest]').value = 'old'")
    await page.keyboard.press("Enter")
    await expect(page.locator(".told")).to_contain_text("no longer the one you saw")
    assert side.state() is State.WAITING
    assert digest == side.engagement().proposal.digest


async def test_a_lost_connection_says_so_and_catches_up(desk: Sits, side: Shopfront) -> None:
    lost = ("ERR_INTERNET_DISCONNECTED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "htmx")
    first = await side.ask(ASKS[0])
    page = await desk(expected=lost)
    await expect(page.locator(".item")).to_have_count(1)
    await page.context.set_offline(True)
    await side.drop_lines()
    await expect(page.locator("#line")).to_contain_text("The connection is lost")
    await side.ask(ASKS[1])
    await side.approve(first, MILAN)
    await page.context.set_offline(False)
    await expect(page.locator(".item")).to_have_count(2)
    await expect(page.locator(".countdown")).to_be_visible()
    await expect(page.locator("#line")).to_be_empty()


async def test_the_decision_is_in_sight_however_long_the_reply(desk: Sits, side: Shopfront) -> None:
    first = await side.ask(ASKS[0])
    long = "\n\n".join(f"Paragraph {n} of a long, long answer at 45 days." for n in range(40))
    await side.write(first, MILAN, long)
    page = await desk(viewport={"width": 1280, "height": 720})
    await expect(page.get_by_role("button", name="Approve")).to_be_in_viewport(ratio=1)


async def test_on_a_phone_three_steps_with_large_buttons(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk(viewport={"width": 390, "height": 844}, has_touch=True)
    await expect(page.locator("#queue")).to_be_visible()
    await expect(page.locator("#card")).to_be_hidden()
    await page.locator(".item").tap()
    await expect(page.locator(".conversation")).to_be_visible()
    await expect(page.locator("#queue")).to_be_hidden()
    await page.get_by_role("link", name="The reply →").tap()
    await expect(page.locator(".reply")).to_be_visible()
    await expect(page.locator(".conversation")).to_be_hidden()
    for button in await page.locator(".actions button, .actions .button, .steps a").all():
        box = await button.bounding_box()
        if box:
            assert box["height"] >= 44, await button.text_content()
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    await page.get_by_role("button", name="Approve").tap()
    await expect(page.locator(".countdown")).to_be_visible()
    await page.get_by_role("button", name="Undo").tap()
    await expect(page.get_by_role("button", name="Approve")).to_be_visible()


async def test_without_scripts_one_can_read_and_decide(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk(java_script_enabled=False, expected=("409",))
    await page.locator(".item").click()
    await page.get_by_role("link", name="Edit").click()
    await page.get_by_label("Your version").fill("You get 20% off.")
    await page.get_by_role("button", name="Send my version").click()
    await expect(page.locator(".told")).to_contain_text("Blocked")
    await page.get_by_label("Your version").fill("You have 60 days.")
    await page.get_by_role("button", name="Send my version").click()
    await expect(page.locator(".countdown")).to_have_text("Sends in 20 s")
    await page.get_by_role("button", name="Send now").click()
    await side.until(lambda: side.state() is State.SENT)


async def test_a_viewer_cannot_decide_by_key_either(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk(NOOR)
    await expect(page.locator(".reply")).to_contain_text("Deciding needs the role approver")
    for key in ("Enter", "e", "r", "t", "u"):
        await page.keyboard.press(key)
    assert side.state() is State.WAITING


async def test_keys_can_be_switched_off(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk()
    await page.get_by_role("button", name="Keys").click()
    await page.get_by_label("Use these keys").uncheck()
    await page.get_by_role("button", name="Close").click()
    await page.locator("body").press("Enter")
    await page.reload()
    await page.locator("body").press("Enter")
    assert side.state() is State.WAITING


async def test_focus_goes_through_the_desk_in_reading_order(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    page = await desk()
    seen = []
    for _ in range(30):
        await page.keyboard.press("Tab")
        seen.append(
            await page.evaluate(
                "() => { const e = document.activeElement;"
                "  const box = e.getBoundingClientRect();"
                "  const ring = getComputedStyle(e).outlineStyle;"
                "  return [e.textContent.trim().split(/\\s+/)[0], e.id, ring, box.width > 0]; }"
            )
        )
        if seen[-1][0] == "Approve":
            break
    words = [entry[0] for entry in seen]
    assert words[0] == "Skip"
    order = ["Skip", "Sign", "Mine", "All", "What", "Approve"]
    assert [word for word in words if word in order] == order
    assert all(ring == "solid" and visible for _, _, ring, visible in seen)


async def test_two_people_at_one_card_see_what_the_other_does(desk: Sits, side: Shopfront) -> None:
    await side.ask(ASKS[0])
    ada, milan = await desk(), await desk(MILAN)
    await milan.get_by_role("button", name="Approve").click()
    await expect(milan.locator(".countdown")).to_be_visible()
    await expect(ada.locator(".countdown")).to_be_visible()
    await ada.get_by_role("button", name="Undo").click()
    await expect(milan.get_by_role("button", name="Approve")).to_be_visible()
    assert side.state() is State.WAITING
