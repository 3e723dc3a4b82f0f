"""YAML with places: a document that knows the line of everything in it, and shapes to hold it
against.
"""
