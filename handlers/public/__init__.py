"""What everybody may read: the front page, the public record, the rules in force."""
