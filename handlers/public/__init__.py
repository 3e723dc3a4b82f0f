"""What everybody may read: the front page, the public record, the rules in force."""

from handlers.public.front import Front
from handlers.public.record import PublicRecord

__all__ = ["Front", "PublicRecord"]
