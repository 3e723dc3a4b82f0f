"""Slack's own way of writing: mrkdwn and its escaping, rich text, limits, and a reply as a payload.
Pure functions; nothing here calls anybody.
"""
