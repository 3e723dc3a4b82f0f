"""What was learned from decisions, kept and put before authors: examples into the brand's files."""
