"""Where rows live. The default is `embedded.EmbeddedStore`: TinyDB's API over SQLite.

Here: the file (`sqlite`, `upgrade`, `migrations`), its tables (`sqlite_storage`, `sqlite_tinydb`),
who writes and who reads (`embedded`, `readers`), and the model's types as rows (`repository`).
Not here: what a room keeps for itself alone, and anything that decides.
"""
