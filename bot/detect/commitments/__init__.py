"""Commitments in a text: promises with substance, as the model's `Commitment` (`extraction` reads
them). Tables of words are in `languages`. Whether a commitment is published is `claims`' answer.
"""
