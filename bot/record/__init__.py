"""The public record: what an entry is, how it becomes a leaf, and how outsiders check it.

An entry (`entry`) becomes canonical JSON with hashes in place of its words (`leaf`); leaves form
a Merkle tree (`merkle`, RFC 6962); the tree's head is signed (`note`, C2SP signed notes). Keeping
all of it in a store is `handlers.service.record`'s work; salts, keys and times come in as values.
"""
