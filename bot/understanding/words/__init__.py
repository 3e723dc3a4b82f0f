"""What a language's words show: shapes of phrases, as data, a module a language; `cue_languages`
lists them. They raise flags and tell who is spoken to; they never accept anything.
"""
