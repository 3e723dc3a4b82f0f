"""The web chat: a channel of the brand's own, as a page and as a widget in other pages."""

from handlers.channels.web.channel import POSTS, WebChannel
from handlers.channels.web.chat_limits import ChatLimits
from handlers.channels.web.chat_pages import Chat, ChatSettings
from handlers.pages.rate_limit import Rate

__all__ = ["POSTS", "Chat", "ChatLimits", "ChatSettings", "Rate", "WebChannel"]
