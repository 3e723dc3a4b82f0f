"""What browsers are given as it is: scripts, style, and the program that checks an entry. Nothing
here is imported by the server.
"""
