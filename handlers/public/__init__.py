"""What everybody may read: the front page and the public record."""

from handlers.public.front import Front

__all__ = ["Front"]
