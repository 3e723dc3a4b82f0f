"""What comes in from Slack: the signature check, the Bolt app, events as messages. Clicks are
`cards`'.
"""
