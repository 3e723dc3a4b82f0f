"""What changes rows: a file a command, each run inside one transaction, the acting person explicit.
The step is `bot/engagement`'s; a command loads, steps, saves, and carries out the effects.
"""
