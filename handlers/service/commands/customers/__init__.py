"""Which channels belong to one customer: what they write about it, and what their page does.
Nothing here speaks to an engagement; who is one customer is bot/handoff/identity_linking.py's.
"""
