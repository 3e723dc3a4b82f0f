"""The intent model: features, training, calibration, and how it is kept as plain arrays. It gives
an estimate with scores; what is accepted, and what a rejection means, `bot/understanding/reader.py`
says.
"""
