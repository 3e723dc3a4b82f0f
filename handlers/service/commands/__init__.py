"""What changes rows: a file a command, each a function run inside one transaction, given a
`UnitOfWork` and, where a person acts, that person. `steps` has what they share. Reading for pages
is `queries`' part, and what ought to happen is `bot/engagement`'s.
"""
