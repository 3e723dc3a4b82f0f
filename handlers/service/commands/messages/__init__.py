"""What comes in: a message, its edit, its deletion, a colleague's words in the conversation itself,
and giving what came to its engagements. Reading what was asked is `understanding`'s.
"""
