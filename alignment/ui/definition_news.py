"""What the bell's line carries of the definition page: moves come in, figures go out, without a script's run.

A screen that looks at the page hears at once what an edit changed: each control's value, marks and ways, and
each slot's text. All else on the page follows by a run of the script once the hands rest.
"""

from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any, TypeAlias

from alignment.agreement import now
from alignment.domain.agreement import Edit, Person, Side
from alignment.domain.definition_plain import Plain, with_value
from alignment.domain.refusal import Refusal
from alignment.live.ticket import Ticket
from alignment.ui import (
    definition_agree,
    definition_criteria,
    definition_face,
    definition_head,
    definition_impact,
    definition_levels,
    definition_view,
    session,
)
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader
from alignment.ui.theme import Look
from alignment.ui.words import Words
from alignment.whatif.workbench import Newest

Message: TypeAlias = dict[str, Any]

KEPT = 8
COME_IN = "This screen's sign-in has ended. Reload the page to come in again."

_told: Newest[object, Message] = Newest(KEPT)
_telling = Lock()


def news(ticket: Ticket, locale: str) -> Message:
    """Return what a person of the ticket's side sees now, written for that locale."""
    revision = session.agreement().revision()
    key = revision, session.snapshot().signature, ticket.who.side, locale
    with _telling:  # the screens of one side ask at the same moment: one of them has it made
        return _told.get(key, lambda: _news(ticket.who.side, locale, revision))


def answer(ticket: Ticket, locale: str, asked: Mapping[str, Any]) -> Message:
    """Answer what a screen asks: to `edit` a field, or to `try` a value that nobody else sees.

    An edit is answered with the draft's `seq` since, or with why it was refused.
    """
    try:
        who = _seated(ticket)
        match asked:
            case {"edit": {"field": str(field), "value": value, "seen_seq": int(seen_seq)}}:
                return {"seq": session.agreement().edit(who, field, value, seen_seq).seq}
            case {"try": {"field": str(field), "value": value}}:
                return {"slots": _tried(who, field, value, locale)}
    except Refusal as refusal:
        return {"refused": str(refusal)}
    return {"refused": "Accord did not understand this change. Reload the page and try again."}


def _news(side: Side, locale: str, revision: int) -> Message:
    view = definition_view.of(session.agreement().draft(), _reader(locale), revision)
    return {
        "revision": revision,
        "seq": view.draft.seq,
        "slots": {**_shown(view), **definition_agree.slots(view)},
        "fields": {field: definition_face.face(view, field, side) for field in definition_face.fields(view)},
    }


def _shown(view: DefinitionView) -> Mapping[str, str]:
    """Return what the definition is and would have done, by slot."""
    return {
        **definition_head.slots(view),
        **definition_criteria.slots(view),
        **definition_impact.slots(view),
        **definition_levels.slots(view),
    }


def _tried(who: Person, field: str, value: Plain, locale: str) -> Mapping[str, str]:
    """Return the slots as they would be if the person let go here; nothing is written."""
    draft = session.agreement().draft()
    with_value(draft.definition, field, value)  # the log would leave out what the draft can't hold
    edit = Edit(draft.seq + 1, now(), who, field, draft.value_of(field), value)
    tried = replace(draft, edits=(*draft.edits, edit))
    opened = field.split(".")[1] if field.endswith(".threshold") else None
    view = definition_view.of(tried, _reader(locale), 0, opened)
    return _shown(view)


def _seated(ticket: Ticket) -> Person:
    """Return whose screen it is; raise Refusal where that person has left it since the ticket was made."""
    who = session.seated(ticket.screen)
    if who != ticket.who:
        raise Refusal(COME_IN)
    return ticket.who


def _reader(locale: str) -> Reader:
    return Reader(Look(), Words.of(locale))
