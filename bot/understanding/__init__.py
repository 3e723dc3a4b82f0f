"""What a customer wants, and when nobody can tell: intents, several asks, language, signals.

`Reader.read` is the way in; `training.train` makes the models it reads with.
"""
