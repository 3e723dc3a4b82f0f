"""What a reply states, and whether it is published: figures against published facts (`grounding`),
against what was said before (`past_commitments`), and whose fact stands behind each
(`attribution`). Rules decide what follows; they are in `bot/policy`.
"""
