"""Taint: what one customer told us must not surface in a text that others can read.
`private_values` takes it from their messages, `taint_detection` finds it. Personal data by its
form alone is `personal`'s.
"""
