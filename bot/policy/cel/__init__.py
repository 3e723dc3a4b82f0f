"""The expression language of rules, behind one module (`expression`): CEL, its checked form, sets
of patterns on RE2, and the texts with slots that findings are said in. What facts there are is not
known here.
"""
