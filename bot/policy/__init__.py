"""Judging: packs of rules, the vocabulary they are written in, and the verdict on one exact text.
What a rule may look at stands in `vocabulary`, one table; only `cel` knows the expression language.
Nothing here drafts, sends or reads a file; `judge` is total and fails closed.
"""
