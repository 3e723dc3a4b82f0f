"""The middle: what channels and pages ask for is done here, in transactions (`commands`), or read
(`queries`); `runner` advances conversations, and `record` and `learning` keep their own rows.
What ought to happen is `bot`'s to say.
"""
