"""What belongs inside: credentials, and the brand's own internals (`secret_detection` finds them).
The formats and names of credentials are data here; what is internal comes from the settings.
"""
