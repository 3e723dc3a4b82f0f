"""The web chat: a channel of the brand's own, as a page and as a widget in other pages."""

from handlers.channels.web.channel import POSTS, WebChannel
from handlers.channels.web.chat import Chat, ChatSettings
from handlers.channels.web.limits import ChatLimits, Rate

__all__ = ["POSTS", "Chat", "ChatLimits", "ChatSettings", "Rate", "WebChannel"]
