"""What a customer can rely on when they write to us."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import State
from handlers.channels.web import ChatLimits, Rate
from tests.stored import list_engagements
from tests.visitor import Visitor
from tests.webside import WebSide, web_side

ASK = "Can I still return boots I bought three weeks ago?"


async def test_a_chat_from_the_question_to_the_answer_without_scripts(side: WebSide) -> None:
    jonas = side.visitor()
    page = (await jonas.get("/chat")).page
    assert "You are writing with Trailhead." in page.words("h1")
    assert "a person approves them" in page.words("talk-head")

    page = (await jonas.writes(ASK)).page
    assert page.words("theirs").count(ASK) == 1
    assert "We have your message." in page.words("#standing")
    await side.app.service.quiet()
    page = (await jonas.get("/chat")).page
    assert "A reply is drafted. A person reads it before it is sent." in page.words("#standing")
    assert "You will have an answer by today 15:00 (Berlin time)." in page.words("#standing")

    await side.answered()
    page = (await jonas.get("/chat")).page
    shown = page.words("ours")
    assert "You can return unworn items within 60 days of delivery." in shown
    assert "Drafted by software, approved by a community manager" in shown
    assert "https://trailhead.example/returns" in page.links
    entry = side.card().entry_url
    assert entry in page.links  # why this answer?
    assert f"{entry}/wrong" in page.links
    assert page.words("#standing").strip() == ""


async def test_what_the_page_shows_is_what_was_posted(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.writes(ASK)
    await side.answered()
    [turn] = [t for t in side.turns() if t.reply]
    assert turn.reply is not None
    assert side.channel.post(turn.key) == side.channel.render(turn.reply, turn.key)


async def test_the_same_message_id_twice_is_one_message(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    fields = dict(jonas.page.hidden, text=ASK)
    for _ in range(3):
        assert (await jonas.post("/chat", fields)).status == 200
    assert len(side.messages()) == 1
    await jonas.writes(ASK)  # from the newly loaded page: a new id
    assert len(side.messages()) == 2


async def test_nobody_can_read_or_write_somebody_elses_chat(side: WebSide) -> None:
    jonas, mara = side.visitor(), side.visitor()
    await jonas.writes("My secret is a red boot, can I return it?")
    thread = side.messages()[0].place.thread
    assert "red boot" not in (await mara.get("/chat")).text
    assert (await mara.get("/chat", Cookie=f"chat={thread}")).page.words("theirs") == ""
    hidden = jonas.page.hidden["csrf"]
    assert (await mara.post("/chat", {"text": "hello", "csrf": hidden})).status == 403
    assert len(side.messages()) == 1


async def test_the_conversation_id_does_not_give_the_secret_away(side: WebSide) -> None:
    jonas = side.visitor()
    answer = await jonas.writes(ASK)
    cookie = (await jonas.get("/chat")).response.headers["Set-Cookie"]
    secret = cookie.split(";")[0].partition("=")[2]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert len(secret) == 43
    assert secret not in answer.text
    assert all(secret not in repr(m) for m in side.messages())
    assert all(secret not in repr(e) for e in list_engagements(side.app.store))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({}, 200),
    ],
)
async def test_a_form_of_another_site_is_refused(
    side: WebSide, headers: dict[str, str], status: int
) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    assert (await jonas.post("/chat", {"text": ASK}, **headers)).status == status
    assert len(side.messages()) == (status == 200)


async def test_a_form_without_its_token_is_refused(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    for csrf in ("", "0" * 64, "ü"):
        assert (await jonas.post("/chat", {"text": ASK, "csrf": csrf})).status == 403
    assert side.messages() == []


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"text": "  \n "}, 400, "nothing in the message"),
        ({"text": "x" * 4_001}, 413, "4001 characters; we can take 4000"),
        ({"text": "x" * 70_000}, 413, "too long"),
        ({"text": "hello", "id": "not a uuid"}, 400, "too old to send from"),
    ],
)
async def test_what_we_cannot_take_is_said_and_the_words_are_kept(
    side: WebSide, fields: dict[str, str], status: int, words: str
) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    answer = await jonas.post("/chat", fields)
    assert answer.status == status
    assert words in answer.page.words("main")
    if len(fields["text"]) < 10_000:
        assert answer.page.words("textarea") == fields["text"].strip()
    assert side.messages() == []


async def test_4000_characters_of_any_script_are_taken(side: WebSide) -> None:
    jonas = side.visitor()
    text = "𝒳﷽ü🧗" * 1000
    await jonas.writes(text)
    assert [m.text for m in side.messages()] == [text]


async def test_quick_fire_is_slowed_down_in_words(side: WebSide) -> None:
    jonas = side.visitor()
    for n in range(6):
        assert (await jonas.writes(f"hello {n}")).status == 200
    answer = await jonas.writes("hello again")
    assert answer.status == 429
    assert answer.response.headers["Retry-After"] == "6"
    assert "wait a few seconds" in answer.page.words("#problem")
    assert answer.page.words("textarea") == "hello again"
    await side.clock.advance(5)
    assert (await jonas.writes("hello again")).status == 200


async def test_chats_from_one_address_are_capped(tmp_path: Path) -> None:
    limits = ChatLimits(new_chats=Rate(burst=2, every=60.0))
    async with web_side(tmp_path, limits) as side:
        for _ in range(2):
            assert (await side.visitor().writes("hello")).status == 200
        refused = await side.visitor().writes("hello")
        assert refused.status == 429 and "Many chats" in refused.text
        assert refused.response.headers["Retry-After"] == "61"


async def test_an_address_has_a_pace_of_its_own(tmp_path: Path) -> None:
    limits = ChatLimits(address=Rate(burst=3, every=10.0))
    async with web_side(tmp_path, limits) as side:
        statuses = [(await side.visitor().writes("hello")).status for _ in range(4)]
        assert statuses == [200, 200, 200, 429]


async def test_so_many_unanswered_messages_and_no_more(tmp_path: Path) -> None:
    limits = ChatLimits(session=Rate(burst=100, every=1.0), unanswered=3)
    async with web_side(tmp_path, limits) as side:
        jonas = side.visitor()
        statuses = [(await jonas.writes("boots: return?")).status for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        await side.answered()
        assert (await jonas.writes("thanks")).status == 200


async def test_what_we_have_is_acknowledged_again_whatever_the_limits(tmp_path: Path) -> None:
    limits = ChatLimits(session=Rate(burst=1, every=60.0), unanswered=1)
    async with web_side(tmp_path, limits) as side:
        jonas = side.visitor()
        await jonas.get("/chat")
        sent = dict(jonas.page.hidden, text=ASK)
        assert [(await jonas.post("/chat", sent)).status for _ in range(3)] == [200] * 3
        assert len(side.messages()) == 1


async def test_a_message_that_cannot_be_stored_is_not_acknowledged(side: WebSide) -> None:
    side.disk.full = True
    jonas = side.visitor()
    answer = await jonas.writes(ASK)
    assert answer.status == 503
    assert answer.page.words("textarea") == ASK
    side.disk.full = False
    assert (await jonas.writes(ASK)).status == 200


async def test_a_person_please(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.writes(ASK)
    for _ in range(2):  # a double click
        assert (await jonas.post("/chat/person")).status == 200
    texts = [m.text for m in side.messages()]
    assert texts == [ASK, "I would like to talk to a person, please."]


async def test_a_person_please_under_an_answer_leads_to_one(side: WebSide) -> None:
    jonas = side.visitor()
    page = (await jonas.get("/record/entry1/person")).page
    assert "Write “a person, please” where you got this answer." in page.words("lead")
    await jonas.writes(ASK)
    await side.answered()
    await jonas.get("/record/entry1/person")
    await jonas.post("/chat/person")
    assert "I would like to talk to a person, please." in jonas.page.words("theirs")


async def test_in_german(side: WebSide) -> None:
    jonas = side.visitor(**{"Accept-Language": "de-AT,en;q=0.5"})
    page = (await jonas.get("/chat")).page
    assert "Sie schreiben mit Trailhead." in page.words("h1")
    assert ("html", {"lang": "de"}) in page.tags
    await jonas.writes("Kann ich Stiefel zurückgeben?")
    assert "Ihre Nachricht ist da." in jonas.page.words("#standing")
    await side.app.service.quiet()
    page = (await jonas.get("/chat")).page
    assert "Eine Antwort ist entworfen." in page.words("#standing")
    await jonas.post("/chat/person")
    assert "Ich möchte bitte mit einem Menschen sprechen." in jonas.page.words("theirs")
    assert "You are writing" in (await jonas.get("/chat?lang=en")).text


async def test_leaving_forgets_the_chat_here_but_loses_nothing(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.writes(ASK)
    page = (await jonas.post("/chat/new")).page
    assert page.words("theirs") == ""
    assert len(side.messages()) == 1
    await jonas.writes("Another thing")
    assert len({m.place.thread for m in side.messages()}) == 2


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}"


async def test_hostile_words_are_words(side: WebSide) -> None:
    jonas = side.visitor()
    page = (await jonas.writes(HOSTILE)).page
    assert HOSTILE in page.words("theirs")
    assert not [tag for tag, given in page.tags if tag == "img" or "onerror" in given]
    assert all(
        given.get("src", "").startswith("/static/") for t, given in page.tags if t == "script"
    )


# live


async def collect(
    visitor: Visitor, path: str, wanted: int, **headers: str
) -> list[tuple[str, str]]:
    """The next turns of a stream: key and id."""
    found = []
    events = visitor.events(path, **headers)
    async for event in events:
        if event.name == "turn":
            key = event.data.partition('data-key="')[2].partition('"')[0]
            found.append((key, event.id))
        if len(found) == wanted:
            break
    await events.aclose()  # type: ignore[attr-defined]
    return found


async def test_a_stream_tells_each_turn_once_and_resumes_where_it_was(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.writes(ASK)
    following = asyncio.create_task(collect(jonas, "/chat/events", 2))
    await side.answered()
    first = await following
    keys = [turn.key for turn in side.turns()]
    assert [key for key, _ in first] == keys

    await jonas.writes("And sandals: return?")
    await side.answered()
    keys = [turn.key for turn in side.turns()]
    for seen in range(len(first)):
        rest = await collect(
            jonas, "/chat/events", len(keys) - seen - 1, **{"Last-Event-ID": first[seen][1]}
        )
        assert [key for key, _ in rest] == keys[seen + 1 :]


async def test_a_turn_that_was_committed_late_is_not_lost(side: WebSide) -> None:
    """An answer whose time lies before the customer's last message, but was committed after."""
    jonas = side.visitor()
    await jonas.writes(ASK)
    await jonas.writes("Hello?")
    seen = (await collect(jonas, "/chat/events", 2))[-1][1]
    side.clock.jump(timedelta(hours=-1))  # the machine's clock was wrong, and is set
    await side.answered()
    [answer] = [turn for turn in side.turns() if turn.reply]
    assert side.turns()[-1] != answer
    rest = await collect(jonas, "/chat/events", 1, **{"Last-Event-ID": seen})
    assert [key for key, _ in rest] == [answer.key]


async def test_the_page_says_what_it_shows_so_that_nothing_comes_twice(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.writes(ASK)
    [main] = [given for tag, given in jonas.page.tags if tag == "main"]
    await side.answered()
    [(key, _)] = await collect(jonas, main["data-events"], 1)
    assert key == side.turns()[-1].key


async def test_a_stream_hears_only_its_own_conversation(side: WebSide) -> None:
    jonas, mara = side.visitor(), side.visitor()
    await jonas.writes(ASK)
    await mara.get("/chat")
    following = asyncio.create_task(collect(mara, "/chat/events", 1))
    await side.answered()
    await mara.writes("Mine")
    [(key, _)] = await following
    assert key == side.messages()[-1].id
    assert side.messages()[-1].text == "Mine"


async def test_streams_are_capped(tmp_path: Path) -> None:
    async with web_side(tmp_path, ChatLimits(session_streams=1)) as side:
        jonas = side.visitor()
        await jonas.writes(ASK)
        events = jonas.events("/chat/events")
        await anext(events)
        refused = await jonas.get("/chat/events", Accept="application/json")
        assert refused.status == 429
        await events.aclose()  # type: ignore[attr-defined]


async def test_a_stream_without_a_session_is_refused(side: WebSide) -> None:
    assert (await side.visitor().get("/chat/events")).status == 400


# programs, widgets, headers


async def test_a_program_is_answered_in_one_shape(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.get("/chat")
    accept = {"Accept": "application/json"}
    id = str(uuid.uuid4())
    answer = await jonas.post("/chat", {"text": ASK, "id": id}, **accept)
    assert answer.status == 202
    assert (await answer.response.json())["key"].endswith(id)
    for fields, status in (({"text": ""}, 400), ({"text": ASK, "csrf": "no"}, 403)):
        answer = await jonas.post("/chat", fields, **accept)
        error = (await answer.response.json())["error"]
        assert answer.status == error["status"] == status
        assert error["words"].endswith(".")


async def test_only_named_sites_may_frame_the_widget(tmp_path: Path) -> None:
    async with web_side(tmp_path, embed=("https://trailhead.example",)) as side:
        jonas = side.visitor()
        policy = (await jonas.get("/chat?embed=1")).response.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self' https://trailhead.example" in policy
        policy = (await jonas.get("/chat")).response.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy


async def test_on_https_the_widgets_cookie_is_kept_apart(tmp_path: Path) -> None:
    async with web_side(tmp_path, public_url="https://chat.example") as side:
        jonas = side.visitor()
        page = (await jonas.get("/chat")).response.headers["Set-Cookie"]
        widget = (await jonas.get("/chat?embed=1")).response.headers["Set-Cookie"]
    assert page.startswith("__Host-chat=") and "Secure" in page and "SameSite=Lax" in page
    assert widget.startswith("__Host-chat-widget=")
    assert "SameSite=None; Secure; Partitioned" in widget


async def test_an_answer_that_is_late_is_not_promised_again(side: WebSide) -> None:
    jonas = side.visitor()
    await jonas.writes(ASK)
    await side.answered()
    side.clock.jump(timedelta(hours=1))
    assert side.state is State.SENT
    assert (await jonas.get("/chat")).page.words("#standing").strip() == ""
