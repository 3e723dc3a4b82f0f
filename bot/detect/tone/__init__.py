"""How a text treats the people who read it (`tone_detection`), and how it addresses them.
A language's shapes are a module of data. Hints only: rules decide.
"""
