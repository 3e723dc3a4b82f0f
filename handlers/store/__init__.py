"""Where rows live. The default is `embedded.EmbeddedStore`: TinyDB's API over SQLite."""
