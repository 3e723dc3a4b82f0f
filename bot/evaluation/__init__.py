"""How well a check does on labelled texts: rows in, figures out. Pure; reading files and timing
are the caller's.
"""
