"""Text that speaks to the software instead of asking the brand (`injection_detection` finds it).
The shapes are data. A hint and no more: what follows from it is for rules and understanding.
"""
