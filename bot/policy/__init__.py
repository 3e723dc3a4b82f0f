"""Judging: packs of rules, the vocabulary they are written in, and the verdict on one exact text.

What a rule may look at stands in `vocabulary`, one table. `expression` is the only module that
knows which expression language it is. `judge` is total and fails closed.
"""
