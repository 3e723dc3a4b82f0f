"""Other rules, facts or templates are in force: the record says so, and what waits follows them."""
