"""What the parts promise each other, as protocols and the values that pass between them: store,
channel, service, encoder, clock. No code that does anything.
"""
