"""The approvers' desk: sign in, see what waits, decide. Pages that work without scripts too."""

from handlers.desk.queue_room import Desk
from handlers.desk.reception import Reception, Room
from handlers.desk.sending_room import SendingRoom
from handlers.desk.sign_in import SignIn

__all__ = ["Desk", "Reception", "Room", "SendingRoom", "SignIn"]
