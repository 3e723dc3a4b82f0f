"""Cards in Slack: their blocks, the board that keeps them up to date, modals, clicks, and the App
Home. What a card says is `bot/cards`'s part.
"""
