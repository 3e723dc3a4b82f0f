"""The same steps as for a real message, on nobody's store: a dry run, the mirror's personas, and a
replay of what was decided. Nothing here is stored or sent.
"""
