"""Slack: customers in a community's channels and in direct messages, and the cards of approvers.

What it promises. A message is stored before Slack is acknowledged, and a redelivery changes
nothing. A reply is posted at most once, and can be looked for by its id. Customers' text comes in
as plain text and goes out as plain text: no mark-up, no mention, no link of theirs survives. One
card an engagement in the review channel, redrawn from stored state alone. Only a button or a modal
decides; free text in a thread never does. Nobody from outside the workspace decides. Who may, in
which rooms we listen and where cards stand is read from what is in force, at each use.

How it reads:

    inbound/   is it Slack who calls, payload -> event -> the service, then the acknowledgement
    blocks/    Slack's text <-> plain text, reply -> the exact payload, what Slack refuses to show
    api/       one call, one outcome; sent once, or looked for
    cards/     what approvers see, kept as the state is; buttons and modals -> decisions
    slack_settings.py   what config.yaml says of it        channel.py   puts the parts together

It leaves to the service: what anything means, who may decide, when to send.

`channel.py` is imported where Slack is used, and only there: its libraries take a while to load.
"""
