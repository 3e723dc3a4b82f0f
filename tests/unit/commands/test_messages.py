"""What comes in: stored once, given to the right ask, changed and taken back by its author."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Place, State
from handlers.service.commands.messages.delete_message import delete_message
from handlers.service.commands.messages.edit_message import edit_message
from handlers.service.commands.messages.join_messages import join_messages
from handlers.service.commands.messages.receive_message import receive_message
from handlers.service.commands.messages.record_staff_reply import record_staff_reply
from handlers.service.queries.owed_work import list_owing, read_owed_work
from handlers.service.read_and_draft import unread_of
from tests.shop import ADA
from tests.unit.commands.conftest import WEB, Bench

PEERS = Place("slack-community", "C1", "1.0")


def test_a_message_is_stored_once_and_its_conversation_owes_a_look(bench: Bench) -> None:
    message = bench.message()
    assert bench.run(receive_message, message)
    assert bench.unit is not None and bench.unit.owing == {WEB}
    assert not bench.run(receive_message, replace(message, text="another text"))
    assert bench.unit.owing == set()
    [row] = bench.rows("messages")
    assert row["it"]["text"] == message.text
    assert bench.store.read(list_owing) == {WEB}


def test_a_name_and_a_text_that_no_encoding_can_hold_are_stored_all_the_same(bench: Bench) -> None:
    message = bench.message("boots \ud800?")
    author = replace(message.author, name="J\udfffonas")
    assert bench.run(receive_message, replace(message, author=author))
    assert bench.run(join_messages, WEB)


def test_what_cannot_be_stored_is_no_message_that_is_known_already(bench: Bench) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        bench.run(receive_message, bench.message(key="t1:\ud800"))
    assert bench.rows("messages") == []


def test_what_somebody_writes_in_a_row_is_one_ask(bench: Bench) -> None:
    for text in ("Can I return boots?", "I bought them in May."):
        bench.run(receive_message, bench.message(text))
    [ask] = bench.run(join_messages, WEB)
    assert [message.text for message in ask.messages] == [
        "Can I return boots?",
        "I bought them in May.",
    ]
    assert ask.first_contact and not ask.follows
    owed = bench.store.read(lambda tx: read_owed_work(tx, WEB))
    assert owed.asks and owed.unread == (unread_of(ask),)


def test_each_customer_of_a_conversation_has_an_ask_of_their_own(bench: Bench) -> None:
    for who in ("jonas", "sam"):
        bench.run(receive_message, bench.message(who=who, place=PEERS, mention=True))
    first, second = bench.run(join_messages, PEERS.conversation)
    assert [first.customer.id, second.customer.id] == ["jonas", "sam"]
    assert [words.name for words in bench.engagement(first.id).peers] == ["sam"]


def test_a_new_ask_follows_the_one_that_was_closed(bench: Bench) -> None:
    first = bench.ask()
    bench.run(delete_message, first.messages[0].id)
    assert not bench.engagement(first.id).state.open
    bench.run(receive_message, bench.message())
    [second] = bench.run(join_messages, WEB)
    assert second.id != first.id and second.follows == first.id


def test_nothing_new_changes_nothing(bench: Bench) -> None:
    ask = bench.ask()
    assert [it.id for it in bench.run(join_messages, WEB)] == [ask.id]
    assert bench.engagement(ask.id) == ask


def test_an_edit_counts_once_and_an_overtaken_one_never(bench: Bench) -> None:
    ask = bench.ask()
    [message] = ask.messages
    later = replace(message, text="And boots without a receipt?", revision=3)
    assert bench.run(edit_message, later)
    assert not bench.run(edit_message, later)
    assert not bench.run(edit_message, replace(message, text="Boots, please.", revision=2))
    assert [it.text for it in bench.engagement(ask.id).messages] == [later.text]
    assert not bench.run(edit_message, replace(message, id="unknown"))


def test_an_edit_before_anybody_has_looked_is_what_the_ask_begins_with(bench: Bench) -> None:
    message = bench.message()
    bench.run(receive_message, message)
    assert bench.run(edit_message, replace(message, text="What are your opening hours?"))
    [ask] = bench.run(join_messages, WEB)
    assert ask.text == "What are your opening hours?"


def test_a_message_that_is_taken_back_is_gone_also_before_anybody_has_looked(bench: Bench) -> None:
    message = bench.message()
    bench.run(receive_message, message)
    assert bench.run(delete_message, message.id)
    assert not bench.run(delete_message, message.id)
    assert not bench.run(delete_message, "unknown")
    assert bench.run(join_messages, WEB) == []
    assert all(row["it"]["text"] == "" for row in bench.rows("messages"))


def test_a_code_amid_other_words_is_hidden(bench: Bench) -> None:
    bench.run(receive_message, bench.message("My code is LINK-ABCD-EFGH, is it?"))
    [row] = bench.rows("messages")
    assert "ABCD" not in row["it"]["text"]


def test_a_wrong_code_opens_no_ask_and_its_words_go(bench: Bench) -> None:
    bench.run(receive_message, bench.message("LINK-ABCD-EFGH"))
    assert bench.run(join_messages, WEB) == []
    owed = bench.store.read(lambda tx: read_owed_work(tx, WEB))
    assert [delivery.notice for delivery in owed.deliveries] == ["not-linked"]
    assert bench.rows("messages")[0]["it"]["text"] == ""


def test_a_colleagues_reply_counts_once(bench: Bench) -> None:
    ask = bench.draft()
    assert bench.run(record_staff_reply, WEB, ADA, "s1")
    assert bench.engagement(ask.id).state is State.PERSON
    version = bench.engagement(ask.id).version
    assert not bench.run(record_staff_reply, WEB, ADA, "s1")
    assert bench.engagement(ask.id).version == version
