"""What people's decisions teach: labels, proposed examples, and alarms when traffic changes.
Keeping them, and changing a brand's files, is `handlers/service/learning`'s part.
"""
