"""What Aboveboard thinks: pure functions of values. Nothing here reads a file, a clock or a row,
waits, logs, or imports `handlers`. Rooms form layers, from `model` up to `evaluation`; a room
imports only rooms below it (pyproject.toml holds it).
"""
