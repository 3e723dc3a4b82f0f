"""What the server does by itself, outside of transactions: it advances conversations, calls
channels, watches times and files, and tells the surfaces. It changes rows only by commands.
"""
