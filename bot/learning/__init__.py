"""What people's decisions teach: labels, proposed examples, and alarms when traffic changes."""

from bot.learning.labels import Did, Label, label_of, settled

__all__ = ["Did", "Label", "label_of", "settled"]
