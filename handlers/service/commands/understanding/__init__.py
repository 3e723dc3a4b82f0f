"""The machine's part: what was read of an ask, a draft for it, and what follows when rules or facts
change. The model runs outside of the transaction; here its answer is stored.
"""
