"""A guarantee, or none: how few drafts answer the wrong question, by what people said of drafts.
`guarantee_standing` says what may be claimed. The settings it works by are `bot/brand`'s.
"""
