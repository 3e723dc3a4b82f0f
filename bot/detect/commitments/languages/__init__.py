"""The words by which commitments are read, as data, a module a language; `commitment_languages`
lists them. No code that reads a text.
"""
