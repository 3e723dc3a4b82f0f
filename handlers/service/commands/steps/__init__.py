"""What the commands share: a step of an engagement or of a delivery, saved, with its effects
carried out. No command lives here, and no rule: that is `bot/engagement`'s.
"""
