"""Rows of the store, typed: the model's objects to JSON objects and back, a file a kind of row.

Callers say `repository.load_engagement(tx, id)`: all names are gathered here. What a room keeps for
itself alone, it reads and writes in its own files, by `make_row`, `read_row`, `put_row`, `add_row`.
No rule is decided here, and nothing is read that the caller did not ask for.
"""

from handlers.store.repository.delivery_rows import (
    LIVE,
    has_spoken_before,
    list_sent_replies,
    load_delivery,
    save_delivery,
)
from handlers.store.repository.engagement_rows import (
    ESCALATED,
    INCOMPLETE,
    OPEN,
    OWED,
    count_alarms,
    count_open_by_person,
    find_newest_engagement,
    find_open_engagement,
    has_engagements,
    is_person_talking,
    list_open_engagements,
    list_open_in_conversation,
    load_engagement,
    save_engagement,
)
from handlers.store.repository.erasing import erase_message, erase_words
from handlers.store.repository.learning_rows import (
    find_last_decision,
    list_labels,
    list_proposals,
    load_proposal,
    save_label,
    save_proposal,
)
from handlers.store.repository.message_rows import (
    add_message,
    assign_message,
    change_words,
    list_new_messages,
    load_message,
)
from handlers.store.repository.rows import INDEXES, add_row, make_row, put_row, read_row, read_value

__all__ = [
    "ESCALATED",
    "INCOMPLETE",
    "INDEXES",
    "LIVE",
    "OPEN",
    "OWED",
    "add_message",
    "add_row",
    "assign_message",
    "change_words",
    "count_alarms",
    "count_open_by_person",
    "erase_message",
    "erase_words",
    "find_last_decision",
    "find_newest_engagement",
    "find_open_engagement",
    "has_engagements",
    "has_spoken_before",
    "is_person_talking",
    "list_labels",
    "list_new_messages",
    "list_open_engagements",
    "list_open_in_conversation",
    "list_proposals",
    "list_sent_replies",
    "load_delivery",
    "load_engagement",
    "load_message",
    "load_proposal",
    "make_row",
    "put_row",
    "read_row",
    "read_value",
    "save_delivery",
    "save_engagement",
    "save_label",
    "save_proposal",
]
