"""What is read from rows for pages, channels and steps. Nothing here writes."""
