"""A pretended Slack, as strict as the real one where the product could go wrong.

`FakeSlack` is the workspace with its Web API and Socket Mode on a real port; `Driver` is its
people. Neither knows the product's code.
"""

from tests.fakes.slack.driver import Ack, Driver
from tests.fakes.slack.rules import Seen, seen
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import Fault, Post, View

__all__ = ["Ack", "Driver", "FakeSlack", "Fault", "Post", "Seen", "View", "seen"]
