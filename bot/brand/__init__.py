"""What a brand settled on, as values: settings, hours, published facts, promises, teams, runbooks.
Reading the files is `handlers/brandfiles`'s part. Nothing here judges or decides.
"""
