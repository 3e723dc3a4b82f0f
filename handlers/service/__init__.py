"""The middle: what channels and pages ask for is done here, by a command in one unit of work, or
read by a query; the engine does what is owed then. `record` and `learning` keep rows of their own,
`rows` those that several share. What ought to happen is `bot`'s to say.
"""
