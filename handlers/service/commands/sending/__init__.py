"""A text on its way: that its call begins, how it ended, and stopping all sending. The call itself
is made outside, by handlers/service/engine/delivery_runner.py.
"""
