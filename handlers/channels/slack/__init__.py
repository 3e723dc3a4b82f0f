"""Slack: customers in a community's channels and in direct messages, and the cards of approvers.

What it promises. A message is stored before Slack is acknowledged, and a redelivery changes
nothing. A reply is posted at most once, and can be looked for by its id. Customers' text comes in
as plain text and goes out as plain text: no mark-up, no mention, no link of theirs survives. One
card an engagement in the review channel, redrawn from stored state alone. Only a button or a modal
decides; free text in a thread never does. Nobody from outside the workspace decides.

How it reads:

    door.py      HTTP: is it Slack who calls?         inbound.py   payload -> what was heard
    intake.py    heard -> the service, then the ack    text.py      Slack's text <-> plain text
    render.py    reply -> the exact payload           sender.py    payload -> sent, or looked for
    api.py       one call, one outcome                limits.py    what Slack refuses to show
    cards.py modals.py home.py                        what approvers see, as blocks
    board.py     keeps all cards as the state is      clicks.py    buttons and modals -> decisions
    channel.py   puts the parts together              shelf.py     which card is where

It leaves to the service: what anything means, who may decide, when to send.
"""

from handlers.channels.slack.channel import SlackChannel

__all__ = ["SlackChannel"]
