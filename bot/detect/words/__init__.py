"""Words that anybody might write, as data, a module a language; `common_words` asks them.
Words that mean something (a promise, pressure, a signal) stand with those who read them.
"""
