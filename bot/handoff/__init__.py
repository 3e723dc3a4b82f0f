"""Giving an ask to a person: whose it is (`routing`), how soon (`urgency`, `severity`), what they
get (`packet_building`), and the customer's past. Nothing here changes an engagement;
`bot/engagement` does.
"""
