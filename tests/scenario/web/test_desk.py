"""What an approver can rely on at the desk, without scripts; tests/browser has it with them."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.cards.decisions import DECISIONS, Action
from bot.model import Author, Message, Place, State
from tests.shop import ADA, MILAN, NOOR
from tests.webside import WebSide

ASK = "Can I still return boots I bought three weeks ago?"


async def asked(side: WebSide, text: str = ASK, thread: str = "t1") -> str:
    """A customer wrote; the address of their card."""
    place = Place("web", thread=thread)
    author, now = Author(thread, "Jonas"), side.clock.now()
    message = Message(f"m-{thread}-{text}", place, author, text, now, direct=True)
    assert await side.app.service.receive(message)
    await side.app.service.quiet()
    return f"/desk/{side.engagement().id}"


async def test_a_link_signs_in_once(side: WebSide) -> None:
    path = await side.app.sign_in.link("ada")
    first = side.visitor()
    assert (await first.get(path)).status == 200
    assert "Ada" in (await first.get("/desk")).page.words("bar")
    second = side.visitor()
    refused = await second.get(path)
    assert refused.status == 403 and "used already" in refused.text
    assert (await second.get("/desk")).status == 401


async def test_a_link_is_fresh_for_an_hour_and_a_session_for_twelve(side: WebSide) -> None:
    path = await side.app.sign_in.link("ada")
    side.clock.jump(timedelta(hours=1, seconds=1))
    assert (await side.visitor().get(path)).status == 403
    visitor = await side.signed_in()
    side.clock.jump(timedelta(hours=11))
    assert (await visitor.get("/desk")).status == 200
    side.clock.jump(timedelta(hours=2))
    assert (await visitor.get("/desk")).status == 401


async def test_a_browsers_guess_does_not_use_up_the_link(side: WebSide) -> None:
    path = await side.app.sign_in.link("ada")
    visitor = side.visitor()
    assert (await visitor.get(path, **{"Sec-Purpose": "prefetch;prerender"})).status == 503
    assert (await visitor.get(path)).status == 200


async def test_secrets_are_stored_as_hashes_only(side: WebSide) -> None:
    path = await side.app.sign_in.link("ada")
    answer = await side.visitor().get(path)
    cookie = answer.response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    secret = cookie.split(";")[0].partition("=")[2]
    stored = side.app.store.read(
        lambda tx: [
            (row.doc_id, dict(row))
            for name in ("desk_links", "desk_sessions")
            for row in tx.table(name).all()
        ]
    )
    assert len(stored) == 1  # the link is gone
    assert secret not in repr(stored) and path.partition("=")[2] not in repr(stored)


async def test_signing_out_ends_the_session_everywhere(side: WebSide) -> None:
    visitor, other = side.visitor(), side.visitor()
    answer = await visitor.get(await side.app.sign_in.link("ada"))
    stolen = {"Cookie": answer.response.headers["Set-Cookie"].split(";")[0]}
    assert (await other.get("/desk", **stolen)).status == 200
    await visitor.get("/desk")
    assert (await visitor.post("/desk/sign-out")).status == 200
    assert (await other.get("/desk", **stolen)).status == 401


async def test_somebody_who_left_the_brand_is_signed_out(side: WebSide) -> None:
    visitor = side.visitor()
    await visitor.get(await side.app.sign_in.link("nobody"))
    assert (await visitor.get("/desk")).status == 401


async def test_the_card_shows_what_is_needed_to_decide(side: WebSide) -> None:
    card = await asked(side)
    page = (await (await side.signed_in()).get(card)).page
    assert page.words("asked") == ASK
    assert "return an item · 1.00" in page.words("known")
    candidate = side.engagement().proposal.candidate
    assert candidate is not None
    assert "\n\n".join(page.each("p", inside="as-sent")) == candidate.text
    assert "due in 4 h" in page.words("conversation")
    assert "You can return unworn items within 60 days of delivery." in page.words("sources")
    assert "Findings: none blocking" in page.words("summary")


async def test_approving_undoing_and_sending_now(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    await ada.get(card)
    page = (await ada.post(f"{card}/approve")).page
    assert side.state is State.APPROVED
    assert "Sends in 20 s" in page.words("sending")
    assert "Undo" in page.words("sending") and "Send now" in page.words("sending")
    await ada.post(f"{card}/undo")
    assert side.state is State.WAITING
    await ada.post(f"{card}/approve")
    await ada.post(f"{card}/send-now")
    await side.app.service.quiet()
    assert side.state is State.SENT
    page = (await ada.get(card)).page
    assert "sent just now" in page.words("reply")


async def test_a_stale_click_changes_nothing_and_says_who_was_first(side: WebSide) -> None:
    card = await asked(side)
    ada, milan = await side.signed_in(ADA), await side.signed_in(MILAN)
    await ada.get(card)
    await milan.get(card)
    await milan.post(f"{card}/approve")
    before = side.engagement()
    late = await ada.post(f"{card}/approve")
    assert late.status == 409
    assert "Milan: approved" in late.page.words("told")
    assert side.engagement() == before


async def test_the_digest_of_another_text_decides_nothing(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    await ada.get(card)
    late = await ada.post(f"{card}/approve", {"digest": "0" * 64})
    assert late.status == 409 and "no longer the one you saw" in late.page.words("told")
    assert side.state is State.WAITING


async def test_a_persons_own_words_are_judged_and_kept(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    await ada.get(f"{card}?do=edit")
    body = "You get 20% off, and 45 days."
    held = await ada.post(f"{card}/edit", {"body": body})
    assert held.status == 409
    assert held.page.words("textarea") == body
    assert "Blocked" in held.page.words("told")
    assert held.page.each("mark") == ["20%", "20%", "45 days"]  # one for each finding
    assert "Offer what is published" in held.page.words("instead")
    form = held.text[held.text.index(f'action="{card}/edit') :]
    assert form.index("Offer what is published") < form.index("<textarea")
    assert held.page.each("as-sent") == []
    clean = "You have 60 days."
    assert (await ada.post(f"{card}/edit", {"body": clean})).status == 200
    engagement = side.engagement()
    assert engagement.state is State.APPROVED
    assert engagement.proposal.candidate is not None and engagement.proposal.candidate.body == clean


async def test_words_submitted_on_a_stale_card_are_not_lost(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    await ada.get(f"{card}?do=edit")
    await asked(side, "Or store hours: return?")
    late = await ada.post(f"{card}/edit", {"body": "My careful words"})
    assert late.status == 409
    assert "My careful words" in late.page.words("textarea")


@pytest.mark.parametrize("action", ["reject", "ignore"])
async def test_rejecting_asks_for_a_reason(side: WebSide, action: str) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    await ada.get(f"{card}?do={action}")
    without = await ada.post(f"{card}/{action}", {"reason": "  "})
    assert without.status == 409 and "Say why" in without.page.words("told")
    assert side.state is State.WAITING
    await ada.post(f"{card}/{action}", {"reason": "too cold"})
    assert side.state in (State.PERSON, State.CLOSED)
    assert "too cold" in side.engagement().handling.why.about["words"]


async def test_giving_a_card_to_somebody(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    page = (await ada.get(f"{card}?do=assign")).page
    assert "Milan" in page.words("select") and "Noor" not in page.words("select")
    await ada.post(f"{card}/assign", {"to": "milan"})
    assert side.engagement().handling.owner == "milan"


async def test_a_viewer_reads_and_is_told_why_there_are_no_buttons(side: WebSide) -> None:
    card = await asked(side)
    noor = await side.signed_in(NOOR)
    page = (await noor.get(card)).page
    assert "approver or lead" in page.words("notice")
    assert not [given for tag, given in page.tags if given.get("data-act")]
    refused = await noor.post(f"{card}/approve", {"digest": side.engagement().proposal.digest})
    assert refused.status == 409
    assert side.state is State.WAITING


async def test_decisions_need_the_token_and_our_own_page(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    await ada.get(card)
    assert (await ada.post(f"{card}/approve", {"csrf": "no"})).status == 403
    assert (await ada.post(f"{card}/approve", Origin="https://evil.example")).status == 403
    assert (await side.visitor().post(f"{card}/approve")).status == 401
    assert side.state is State.WAITING


async def test_the_queue_by_view_and_by_words(side: WebSide) -> None:
    await asked(side)
    lawyer = await asked(side, "my cousin's lawyer will call you", "t2")
    ada = await side.signed_in()
    page = (await ada.get("/desk")).page
    assert "All 2" in page.words("views") and "Mine 0" in page.words("views")
    assert ASK in page.words("cards") and "lawyer" in page.words("cards")
    page = (await ada.get("/desk?search=LAWYER")).page
    assert ASK not in page.words("cards") and "lawyer" in page.words("cards")
    await ada.get(lawyer)
    await ada.post(f"{lawyer}/take-over")
    page = (await ada.get("/desk?view=mine")).page
    assert "lawyer" in page.words("cards") and ASK not in page.words("cards")


async def test_an_empty_queue_has_todays_figures(side: WebSide) -> None:
    page = (await (await side.signed_in()).get("/desk")).page
    assert "answered today" in page.words("figures")
    assert "No promise is open." in page.words("none")


async def test_trouble_is_said_at_the_queue(side: WebSide) -> None:
    words = "Slack is not reachable. The web chat works."
    side.app.library.watched.append(lambda: words)
    page = (await (await side.signed_in()).get("/desk")).page
    assert page.words("banner") == words


async def test_htmx_gets_the_card_alone_and_plain_browsers_the_page(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    part = await ada.get(card, **{"HX-Request": "true"})
    assert "<!doctype" not in part.text and 'id="card"' in part.text
    assert "<!doctype" in (await ada.get(card)).text


async def test_live_events_name_what_changed_and_its_version(side: WebSide) -> None:
    await asked(side)
    ada = await side.signed_in()
    listening = asyncio.Event()
    events = ada.events("/desk/events", listening)
    first = asyncio.ensure_future(anext(events))
    await listening.wait()
    await side.approve(MILAN)
    event, now = await first, side.engagement()
    assert (event.name, event.data) == ("changed", f"{now.id} {now.version}")
    await side.wait(21)
    assert (await anext(events)).data.startswith(f"{now.id} ")
    await events.aclose()  # type: ignore[attr-defined]


async def test_hostile_words_on_a_card_are_words(side: WebSide) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} return'
    card = await asked(side, hostile)
    page = (await (await side.signed_in()).get(card)).page
    assert page.words("asked") == hostile
    assert not [given for tag, given in page.tags if tag == "img" or "onerror" in given]


async def test_unknown_cards_and_actions_are_pages_that_say_so(side: WebSide) -> None:
    card = await asked(side)
    ada = await side.signed_in()
    assert (await ada.get("/desk/e99")).status == 404
    await ada.get(card)
    assert (await ada.post(f"{card}/explode")).status == 404


def test_every_action_is_a_decision() -> None:
    assert set(DECISIONS) == set(Action)
