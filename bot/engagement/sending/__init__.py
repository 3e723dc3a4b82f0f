"""One text on its way, at most once: the delivery's own life (`delivery_step`), what holds a send
back (`send_guards`), and whether it is still what was approved (`recheck`). The call itself is a
channel's.
"""
