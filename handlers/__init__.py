"""What acts: files, rows, channels, pages, the command. Rooms form layers, from `ports` up to
`cli`; only `app.py` joins parts, and fakes go in there as arguments. What is true of a reply or an
ask is decided in `bot`, never here.
"""
