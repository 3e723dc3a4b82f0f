"""What people's decisions teach: labels, proposed examples, and alarms when traffic changes."""

from bot.learning.labels import HumanDecision, Label, label_decision, settle_labels

__all__ = ["HumanDecision", "Label", "label_decision", "settle_labels"]
