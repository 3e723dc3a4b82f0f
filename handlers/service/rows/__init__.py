"""Rows that more than one of the folders beside this one reads or writes, typed: what holds sending
back, which identities are one customer, what was promised, what was put right. Used inside a
transaction; nothing here decides anything, and no command or query lives here.
"""
