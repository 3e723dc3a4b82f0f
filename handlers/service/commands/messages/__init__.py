"""What comes in: a message, its edit, its deletion, a colleague's words in the conversation itself;
and what follows from it until a person has to do something (`advance_asks`). The model reads
outside of the transaction; here what it read is stored.
"""
