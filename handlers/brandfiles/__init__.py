"""Reading a brand's files: config, packs, facts, intents, templates.

Everything a person can mend is a BrandError with file, line, what is so, and the mend.
"""
