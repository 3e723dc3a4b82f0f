"""What all web pages share: the server's frame, templates, words, forms and live streams."""

from handlers.pages.forms import Form, read_form, same_origin
from handlers.pages.live_updates import Hub, Stream
from handlers.pages.page_templates import Masthead, Pages
from handlers.pages.site import POLICY, build, policy, wants_json

__all__ = [
    "POLICY",
    "Form",
    "Hub",
    "Masthead",
    "Pages",
    "Stream",
    "build",
    "policy",
    "read_form",
    "same_origin",
    "wants_json",
]
