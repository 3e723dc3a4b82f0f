"""Commands that measure: `evaluate`, `judge`, `mirror`, `replay`. They send nothing and change
nothing.
"""
