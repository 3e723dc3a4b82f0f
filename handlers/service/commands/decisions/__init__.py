"""What people decide, on a card or on a correction, and time that passes without a decision. Who
may decide is asked of the brand in force; the rules of deciding are `bot/engagement`'s.
"""
