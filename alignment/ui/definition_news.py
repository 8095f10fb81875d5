"""What the bell's line carries of the definition page: moves come in, figures go out, without a script's run.

A screen that looks at the page hears at once what an edit changed: each control's value, marks and ways, and
each slot's text. All else on the page follows by a run of the script once the hands rest.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from threading import Lock
from typing import Any, TypeAlias, TypeGuard

from alignment.agreement import now
from alignment.domain.agreement import Draft, Edit, Person, Side
from alignment.domain.definition_plain import with_value
from alignment.domain.refusal import Refusal
from alignment.live.ticket import Ticket
from alignment.store.newest import Newest
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
from alignment.ui.slot import Moment
from alignment.ui.theme import Look
from alignment.ui.words import Words

Message: TypeAlias = dict[str, Any]

KEPT = 8
HIGHEST_NUMBER = 2**53
"""From here on a browser's whole numbers are not exact."""
COME_IN = "This screen's sign-in has ended. Reload the page to come in again."
NOT_UNDERSTOOD = "Accord did not understand this change. Reload the page and try again."

_slots: Newest[object, Mapping[str, str]] = Newest(KEPT)
"""What both sides read, by moment and locale: texts, which keep no load open."""
_told: Newest[object, Message] = Newest(KEPT)
_telling = Lock()


def news(ticket: Ticket, locale: str) -> Message:
    """Return what a person of the ticket's side sees now, written for that locale.

    Raises Refusal where the person doesn't sit at the ticket's screen any more.
    """
    if session.seated(ticket.screen) != ticket.who:
        raise Refusal(COME_IN)
    at = definition_view.now()
    with _telling:  # the screens ask at the same moment: one of them has it made
        return _told.get((at, ticket.who.side, locale), lambda: _news(ticket.who.side, locale, at))


def answer(ticket: Ticket, locale: str, asked: Mapping[str, Any]) -> Message:
    """Answer what a screen asks: to `edit` a field, or to `try` a value that nobody else sees.

    An edit is answered with its `seq`, or with why it was refused; with nothing where this process doesn't
    know the screen: then it goes through the script. Only numbers that have a control are taken.
    """
    who = session.seated(ticket.screen)
    if who is None:
        return {}
    if who != ticket.who:
        return {"refused": COME_IN}
    try:
        match asked:
            case {"edit": {"field": field, "value": value, "seen_seq": seen_seq, "epoch": str(epoch)}}:
                return {"seq": _edited(who, field, value, seen_seq, epoch)}
            case {"try": {"field": field, "value": value}}:
                return {"slots": _tried(who, field, value, locale)}
    except Refusal as refusal:
        return {"refused": str(refusal)}
    return {"refused": NOT_UNDERSTOOD}


def _edited(who: Person, field: object, value: object, seen_seq: object, epoch: str) -> int:
    """Edit a field for a person; return the number of that edit, or of what says the same already."""
    if epoch != session.epoch():
        raise Refusal(definition_face.CHANGED)
    shared = session.agreement()
    before = shared.draft()
    name, number = _number(before, field, value)
    if not _is_whole(seen_seq) or not 0 <= seen_seq <= before.seq:
        raise Refusal(NOT_UNDERSTOOD)
    last = before.last_edit_of(name)
    if last and last.who == who and last.after == number:  # said twice: the first answer was lost
        return last.seq
    draft = shared.edit(who, name, number, seen_seq)
    own = (edit.seq for edit in reversed(draft.edits) if edit.who == who and edit.field == name)
    return next(own, seen_seq)


def _number(draft: Draft, field: object, value: object) -> tuple[str, int | float]:
    """Return the field and the value of a control; raise Refusal for anything else."""
    view = definition_view.of(draft, _reader("en"), definition_view.now())
    is_number = _is_whole(value) or (isinstance(value, float) and isfinite(value))
    if not isinstance(field, str) or field not in definition_face.fields(view) or not is_number:
        raise Refusal(NOT_UNDERSTOOD)
    if isinstance(value, int) and abs(value) > HIGHEST_NUMBER:
        raise Refusal(NOT_UNDERSTOOD)
    return field, value


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _news(side: Side, locale: str, at: Moment) -> Message:
    view = definition_view.of(session.agreement().draft(), _reader(locale), at)
    return {
        **at.plain,
        "seq": view.draft.seq,
        "slots": _slots.get((at, locale), lambda: {**_shown(view), **definition_agree.slots(view)}),
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


def _tried(who: Person, name: object, tried_value: object, locale: str) -> Mapping[str, str]:
    """Return the slots as they would be if the person let go here; nothing is written."""
    draft = session.agreement().draft()
    field, value = _number(draft, name, tried_value)
    with_value(draft.definition, field, value)  # the log would leave out what the draft can't hold
    edit = Edit(draft.seq + 1, now(), who, field, draft.value_of(field), value)
    tried = replace(draft, edits=(*draft.edits, edit))
    opened = field.split(".")[1] if field.endswith(".threshold") else None
    view = definition_view.of(tried, _reader(locale), definition_view.now(), opened)
    return _shown(view)


def _reader(locale: str) -> Reader:
    return Reader(Look(), Words.of(locale))
