"""The approvers' desk: sign in, see what waits, decide. Pages that work without scripts too."""

from handlers.desk.desk import Desk
from handlers.desk.reception import Reception, Room
from handlers.desk.sending import SendingRoom
from handlers.desk.sign_in import SignIn

__all__ = ["Desk", "Reception", "Room", "SendingRoom", "SignIn"]
