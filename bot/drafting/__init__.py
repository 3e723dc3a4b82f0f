"""From an intent to a reply: the body from published facts, the envelope by code.

`compose` works behind the veil: nothing about the person who asks can be passed to it.
"""
