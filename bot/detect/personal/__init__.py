"""Personal data by its form: what identifies somebody, whoever it is (`personal_data` finds it).
A file a family of forms. What one customer told us, names above all, is `taint`'s; rules decide.
"""
