"""Calls to Slack: the client, who is who there, what went wrong, how fast posts may go, and the
sender that posts once and looks up. What stands in a post is not known here.
"""
