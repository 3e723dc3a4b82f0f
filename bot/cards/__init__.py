"""What people see of an engagement, as data and words, for every surface alike. Nothing is decided
here and nothing stored: a card is drawn from stored state when it is shown. Mark-up is each
surface's part.
"""
