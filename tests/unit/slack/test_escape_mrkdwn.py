"""What is written for Slack means nothing but itself."""

from __future__ import annotations

from hypothesis import given

from handlers.channels.slack.blocks.mrkdwn import escape_mrkdwn
from tests.unit.detect.hostile import anything, for_any


@for_any
@given(anything)
def test_slack_gives_back_what_was_written_and_acts_on_none_of_it(text: str) -> None:
    escaped = escape_mrkdwn(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_slack_escapes_what_slack_names_and_nothing_else() -> None:
    assert (
        escape_mrkdwn("<!channel> & “5 > 4” 'x' *b*") == "&lt;!channel&gt; &amp; “5 &gt; 4” 'x' *b*"
    )
