"""An engagement's life: `states` is the table, `step` the one way in, and all that an event does
stands in one `on_…` file, a file a family of events. What is sent is in `sending/`. No words for
people (those are `bot/cards`), no rows, no clock.
"""
