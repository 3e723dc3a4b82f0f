"""What rules can see: a file of functions a family of facts, computed once a text (`fact_cache`,
`fact_context`). Their names and types stand in one table, `bot/policy/vocabulary.py`.
Nothing here says what follows from a fact.
"""
