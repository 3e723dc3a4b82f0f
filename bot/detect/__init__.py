"""What can be seen in a text. Detectors are pure and total: any `str` gives an answer.

Each reports spans of the very text it was given. What follows from a span, rules decide.
"""
