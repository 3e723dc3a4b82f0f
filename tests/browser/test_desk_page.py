"""The desk in a real browser: by keyboard, live, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from bot.model import Author, Message, Place, State
from bot.model.events import Approved, Edited
from tests.webside import BEN, VI, WebSide

Sits = Callable[..., Awaitable[Page]]
ASKS = (
    "Can I still return boots I bought three weeks ago?",
    "my cousin's lawyer will call you",
    "What are your store hours on Saturday?",
)


async def ask(side: WebSide, text: str, thread: str = "") -> str:
    number = len(side.service.messages)
    place = Place("web", thread=thread or f"t{number}")
    await side.service.receive(
        Message(f"m{number}", place, Author(f"c{number}", "Jonas"), text, side.clock.now())
    )
    return f"e{len(side.service.engagements)}"


def state(side: WebSide, engagement: str = "e1") -> State:
    return side.service.engagements[engagement].state


async def shows(page: Page, engagement: str) -> None:
    await expect(page.locator("#card")).to_have_attribute("data-engagement", engagement)


async def test_a_shift_by_keyboard_alone(desk: Sits, side: WebSide) -> None:
    for text in ASKS:
        await ask(side, text)
    page = await desk()
    await shows(page, "e1")
    await page.keyboard.press("j")
    await shows(page, "e2")
    await page.keyboard.press("j")
    await shows(page, "e3")
    await page.keyboard.press("k")
    await page.keyboard.press("k")
    await shows(page, "e1")
    await expect(page.locator(".item[aria-current]")).to_contain_text(ASKS[0])

    await page.keyboard.press("Enter")
    await expect(page.locator(".countdown")).to_have_text("Sends in 20 s")
    assert state(side) is State.APPROVED
    await page.keyboard.press("u")
    await expect(page.locator("[data-act=approve]")).to_be_visible()
    assert state(side) is State.WAITING

    await page.keyboard.press("r")
    await expect(page.get_by_label("Why not this draft?")).to_be_focused()
    await page.keyboard.type("jokes are not our tone")  # j and k are letters here
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("[data-act=edit]")).to_contain_text("Write")
    assert "jokes are not our tone" in side.service.engagements["e1"].handling.why

    await page.keyboard.press("j")
    await shows(page, "e2")
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


async def test_what_one_writes_is_judged_kept_and_marked(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk()
    await page.keyboard.press("e")
    editor = page.get_by_label("Your version")
    await expect(editor).to_be_focused()
    body = "You get 20% off within 45 days."
    await editor.fill(body)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".told")).to_contain_text("Blocked")
    await expect(page.locator("mark.stop")).to_have_text("20% off")
    await expect(page.locator("mark.hold")).to_have_text("45 days")
    await expect(page.locator(".finding.stop")).to_contain_text("Point to the offers page")
    await expect(editor).to_have_value(body)
    await expect(editor).to_be_focused()
    assert state(side) is State.WAITING
    await editor.fill("You can return them within 60 days.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".countdown")).to_be_visible()
    assert state(side) is State.APPROVED


async def test_leaving_the_editor_sends_nothing(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk()
    await page.keyboard.press("e")
    await page.get_by_label("Your version").fill("half a thought")
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-act=approve]")).to_be_visible()
    assert state(side) is State.WAITING


async def test_send_now_and_the_card_follows_by_itself(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk()
    await page.get_by_role("button", name="Approve").click()
    await page.get_by_role("button", name="Send now").click()
    await expect(page.locator(".reply h2")).to_contain_text("sent")
    assert state(side) is State.SENT


async def test_what_others_do_is_seen_at_once(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk()
    await ask(side, ASKS[1])
    await expect(page.locator(".item")).to_have_count(2)
    digest = side.service.engagements["e1"].proposal.digest
    await side.service.decide("e1", Approved(side.clock.now(), BEN, digest))
    await expect(page.locator(".countdown")).to_be_visible()
    await expect(page.locator("[data-act=approve]")).to_have_count(0)


async def test_words_under_way_survive_what_others_do(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk()
    await page.keyboard.press("e")
    await page.get_by_label("Your version").fill("half a thought")
    await ask(side, "And sandals: return?", "t0")
    await expect(page.locator(".moved")).to_be_visible()
    await expect(page.get_by_label("Your version")).to_have_value("half a thought")


async def test_a_click_that_comes_too_late_is_told_so(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk()
    await page.route("**/desk/events", lambda route: route.abort())
    digest = await page.locator("input[name=digest]").first.input_value()
    await page.evaluate("() => document.querySelector('.actions input[name=digest]').value = 'old'")
    await page.keyboard.press("Enter")
    await expect(page.locator(".told")).to_contain_text("no longer the one you saw")
    assert state(side) is State.WAITING
    assert digest == side.service.engagements["e1"].proposal.digest


async def test_a_lost_connection_says_so_and_catches_up(desk: Sits, side: WebSide) -> None:
    lost = ("ERR_INTERNET_DISCONNECTED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "htmx")
    await ask(side, ASKS[0])
    page = await desk(expected=lost)
    await expect(page.locator(".item")).to_have_count(1)
    await page.context.set_offline(True)
    side.hub.close()
    await expect(page.locator("#line")).to_contain_text("The connection is lost")
    await ask(side, ASKS[1])
    digest = side.service.engagements["e1"].proposal.digest
    await side.service.decide("e1", Approved(side.clock.now(), BEN, digest))
    await page.context.set_offline(False)
    await expect(page.locator(".item")).to_have_count(2)
    await expect(page.locator(".countdown")).to_be_visible()
    await expect(page.locator("#line")).to_be_empty()


async def test_the_decision_is_in_sight_however_long_the_reply(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    digest = side.service.engagements["e1"].proposal.digest
    long = "\n\n".join(f"Paragraph {n} of a long, long answer at 45 days." for n in range(40))
    await side.service.decide("e1", Edited(side.clock.now(), BEN, long, digest))
    page = await desk(viewport={"width": 1280, "height": 720})
    await expect(page.get_by_role("button", name="Approve")).to_be_in_viewport(ratio=1)


async def test_on_a_phone_three_steps_with_large_buttons(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
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


async def test_without_scripts_one_can_read_and_decide(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
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
    assert state(side) is State.SENT


async def test_a_viewer_cannot_decide_by_key_either(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk(VI)
    await expect(page.locator(".reply")).to_contain_text("Deciding needs the role approver")
    for key in ("Enter", "e", "r", "t", "u"):
        await page.keyboard.press(key)
    assert state(side) is State.WAITING


async def test_keys_can_be_switched_off(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
    page = await desk()
    await page.get_by_role("button", name="Keys").click()
    await page.get_by_label("Use these keys").uncheck()
    await page.get_by_role("button", name="Close").click()
    await page.locator("body").press("Enter")
    await page.reload()
    await page.locator("body").press("Enter")
    assert state(side) is State.WAITING


async def test_focus_goes_through_the_desk_in_reading_order(desk: Sits, side: WebSide) -> None:
    await ask(side, ASKS[0])
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
