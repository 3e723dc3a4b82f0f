"""What everybody may read: the front page, the public record, the rules in force."""

from handlers.public.front_page import Front
from handlers.public.record_pages import PublicRecord

__all__ = ["Front", "PublicRecord"]
