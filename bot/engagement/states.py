"""An engagement's life, as one table: state x event -> the states that may follow.

The theory. A customer's words pull an engagement back to ARRIVED, as long as nothing has been
sent for them: what was drafted before they were read answers another question. Only a person's
decision leads to APPROVED; only a commit leads to SENDING; from there only the channel's answer,
or a person's own eyes, lead on. Whatever the machine cannot do leads to PERSON, never to silence:
CLOSED is reached by a person's decision, by the customer taking their words back or thanking
somebody else for an answer, or by an intent that needs no reply, and always says why.

A pair that is not in the table changes nothing; a person who caused it is told what is so. New
words of a customer whose engagement is no longer `State.open` begin a new engagement.

               Understood           Drafted          Approved          SendStarted
    ARRIVED ──────────► UNDERSTOOD ────────► WAITING ────────► APPROVED ────────► SENDING
      │  ▲ new words       │ no honest        │   ▲ undone, returned │              │
      │  └─────────────────┤ draft            │   └──────────────────┘     ┌────────┼───────┐
      ├──► OVERHEARD       ▼                  ▼ rejected, taken over       ▼        ▼       ▼
      ├──► CLOSED        PERSON ◄─────────────┘                          SENT  UNCERTAIN  WAITING
      ├──► PERSON
      └──► PEERS: a peer may answer first. Then UNDERSTOOD; or PERSON, if one has
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import State
from bot.model import events as e

Row = Mapping[type[e.Event], frozenset[State]]


def _to(*states: State) -> frozenset[State]:
    return frozenset(states)


A, U, W, P = State.ARRIVED, State.UNDERSTOOD, State.WAITING, State.PERSON
OK, S, X, O, D, C, N = (  # noqa: E741 - letters of a table
    State.APPROVED,
    State.SENDING,
    State.UNCERTAIN,
    State.OVERHEARD,
    State.SENT,
    State.CLOSED,
    State.PEERS,
)

LIFE: Mapping[State, Row] = {
    A: {
        e.MessageArrived: _to(A, C),
        e.MessageEdited: _to(A),
        e.MessageDeleted: _to(A, C),
        e.StaffSpoke: _to(P),
        e.PeerSpoke: _to(A),
        e.Understood: _to(U, P, O, C, N),
        e.NotUnderstood: _to(P),
        e.DuePassed: _to(A),
        e.TakenOver: _to(P),
        e.Assigned: _to(P),
        e.Ignored: _to(C),
        e.CorrectionBegun: _to(W, P),
    },
    U: {
        e.MessageArrived: _to(A, P, C),
        e.MessageEdited: _to(A, P),
        e.MessageDeleted: _to(A, C, P),
        e.StaffSpoke: _to(P),
        e.PeerSpoke: _to(U),
        e.Drafted: _to(W, P),
        e.CouldNotDraft: _to(P),
        e.DuePassed: _to(U),
        e.TakenOver: _to(P),
        e.Assigned: _to(P),
        e.Ignored: _to(C),
    },
    W: {
        e.MessageArrived: _to(A, P, C),
        e.PeerSpoke: _to(W),
        e.MessageEdited: _to(A, P),
        e.MessageDeleted: _to(A, C, P),
        e.StaffSpoke: _to(P),
        e.DuePassed: _to(W),
        e.KnowledgeChanged: _to(W, P),
        e.Approved: _to(W, OK),
        e.Edited: _to(W, OK),
        e.Rejected: _to(P),
        e.Redraft: _to(U),
        e.TakenOver: _to(P),
        e.Assigned: _to(W),
        e.Released: _to(W),
        e.Escalated: _to(W),
        e.Ignored: _to(C),
    },
    P: {
        e.MessageArrived: _to(P, C),
        e.PeerSpoke: _to(P),
        e.MessageEdited: _to(P),
        e.MessageDeleted: _to(P, C),
        e.StaffSpoke: _to(P),
        e.DuePassed: _to(P),
        e.Edited: _to(W, OK),
        e.Redraft: _to(U),
        e.TakenOver: _to(P),
        e.Assigned: _to(P),
        e.Tagged: _to(P),
        e.Released: _to(P),
        e.Escalated: _to(P),
        e.Ignored: _to(C),
    },
    OK: {
        e.MessageArrived: _to(A, P, C),
        e.MessageEdited: _to(A, P),
        e.MessageDeleted: _to(A, C, P),
        e.PeerSpoke: _to(OK),
        e.StaffSpoke: _to(P),
        e.KnowledgeChanged: _to(OK, W, P),
        e.Undone: _to(W),
        e.SendNow: _to(OK),
        e.UndoElapsed: _to(OK),
        e.SendStarted: _to(S),
        e.SendReturned: _to(W),
        e.TakenOver: _to(P),
    },
    S: {
        e.Delivered: _to(D, P),
        e.SendFailed: _to(S, W),
        e.SendReturned: _to(W),
        e.SendUnknown: _to(S),
        e.NotFound: _to(S),
        e.CannotLook: _to(X),
    },
    X: {
        e.Delivered: _to(D, P),
        e.Resolved: _to(D, P, W),
    },
    N: {
        e.MessageArrived: _to(A, C),
        e.MessageEdited: _to(A),
        e.MessageDeleted: _to(A, C),
        e.StaffSpoke: _to(P),
        e.PeerSpoke: _to(N),
        e.DuePassed: _to(U, P),
        e.Redraft: _to(U),
        e.TakenOver: _to(P),
        e.Assigned: _to(P),
        e.Ignored: _to(C),
    },
    O: {
        e.MessageArrived: _to(A, C),
        e.MessageEdited: _to(A),
        e.MessageDeleted: _to(O, C),
        e.StaffSpoke: _to(P),
        e.DuePassed: _to(C),
        e.Redraft: _to(U),
        e.TakenOver: _to(P),
        e.Ignored: _to(C),
    },
    D: {e.MessageEdited: _to(D), e.MessageDeleted: _to(D), e.Tagged: _to(D)},
    C: {e.MessageDeleted: _to(C), e.Tagged: _to(C)},
}
