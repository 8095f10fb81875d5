"""What the definition page looks at: the draft, the data, the figures; and how one edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from alignment import whatif
from alignment.agreement import now as utc_now
from alignment.domain.agreement import Draft
from alignment.domain.definition import Definition
from alignment.domain.definition_plain import Plain, value_of
from alignment.domain.definition_steps import Step
from alignment.domain.refusal import Refusal
from alignment.domain.scale import Scale
from alignment.domain.trace import local_day
from alignment.store.snapshot import Snapshot
from alignment.ui import definition_sought, live, pick, reader, session, slot
from alignment.ui.reader import Reader
from alignment.ui.slot import Moment
from alignment.ui.synced import hook
from alignment.whatif import Impact

WHOLE, HEAD, FIGURES = "definition", "definition_head", "definition_figures"
AGREES, PANEL = "definition_agrees", "definition_panel"
"""The keys of the page's fragments: the whole, and the parts of it that run again by themselves."""


ASKED = "suggested"
"""Keeps what the data suggested when somebody on this screen asked."""
EXPLAINED = ("hand-offs", "conversion", "won", "leads")
"""What passports of the figures are keyed by."""
HEARD = (".points", ".threshold", ".cutoff")
"""The ends of the fields that have a control."""


@dataclass(frozen=True)
class DefinitionView:
    """The draft on one load, for one reader; figures come from memory while draft and load stay the same."""

    draft: Draft
    snapshot: Snapshot
    impact: Impact
    scales: Mapping[str, Scale]
    reader: Reader
    at: Moment = slot.NEVER

    @property
    def base(self) -> Definition:
        """Return the definition in force."""
        return self.draft.base.definition

    @property
    def definition(self) -> Definition:
        """Return the draft's definition."""
        return self.draft.definition

    @property
    def may_edit(self) -> bool:
        """Tell whether the person in front of this screen takes part."""
        return session.person().side.may_edit

    @property
    def is_changed(self) -> bool:
        """Tell whether the draft would do anything else than the definition in force."""
        return self.draft.is_changed

    def in_force(self, field: str) -> Plain:
        """Return the field's value in force, None where the definition in force has no such field."""
        was = self.draft.in_force_as(field)
        try:
            return value_of(self.base, was) if was else None
        except Refusal:
            return None

    @property
    def is_ahead(self) -> bool:
        """Tell whether the newest version, which the draft is held against, is agreed for a day to come."""
        return self.draft.base.is_to_come(local_day(utc_now(), self.snapshot.zone))

    @property
    def base_word(self) -> str:
        """Return what the values of the newest version are: in force, or agreed for a day to come."""
        return "agreed" if self.is_ahead else "in force"


def here() -> DefinitionView:
    """Return what this screen looks at now."""
    at = now()
    draft = session.agreement().draft()
    return of(draft, reader.here(is_room=pick.is_room()), at, _opened(draft.definition))


def now() -> Moment:
    """Return the moment that what is read from here on shows at the least."""
    return Moment(session.epoch(), session.agreement().revision())


def of(draft: Draft, reading: Reader, at: Moment, opened: str | None = None) -> DefinitionView:
    """Return a draft on the newest load; `opened` is the criterion whose threshold may move next."""
    snapshot = session.snapshot()
    impact = whatif.impact(snapshot, draft.base.definition, draft.definition, opened=opened)
    return DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, draft.definition), reading, at)


def card_key(criterion_id: str) -> str:
    """Return the key of a criterion's card, safe as a CSS class whatever its id."""
    return f"card_{hook(f'criteria.{criterion_id}')}"


def line_key(criterion_id: str) -> str:
    """Return the key of the line that opens a criterion's card; the slot of that name shows it."""
    return f"line_{hook(f'criteria.{criterion_id}')}"


def is_card_open(definition: Definition, criterion_id: str) -> bool:
    """Tell whether this screen has the criterion's card open; one is open to begin with."""
    first = definition_sought.first_open(definition)
    return slot.is_open(line_key(criterion_id), is_open_first=criterion_id == first)


def part_key(criterion_id: str) -> str:
    """Return the key of the fragment that draws a criterion's card."""
    return f"part_{hook(f'criteria.{criterion_id}')}"


def parts(draft: Draft, fields: Sequence[str] | None, is_heard: bool = False) -> tuple[str, ...]:  # noqa: FBT001, FBT002 - called by the bell
    """Choose the fragments that show these fields, None for all: most edits leave most cards alone.

    Where the screen has heard what is new, the figures stand there already; only bids and passports among
    them are drawn by the script alone.
    """
    if fields is None or any(_moves_cards(field) for field in fields):
        return (WHOLE,)
    if not fields:  # a signature, a bid, a scout sample
        return (HEAD, AGREES, PANEL)
    if all(field.startswith("terms.") for field in fields):
        return (HEAD, AGREES)
    known = {criterion.criterion_id for criterion in draft.definition.criteria}
    moved = {field.split(".")[1] for field in fields if field.startswith("criteria.")}
    if ASKED in st.session_state:  # marks of a suggestion stand at any slider, and any move may end it
        moved = {name for name in known if is_card_open(draft.definition, name)} | moved
    cards = sorted(moved & known)
    if is_heard and not _has_more_than_news(draft, fields):
        opened = (part_key(name) for name in cards if is_card_open(draft.definition, name))
        return (*opened, HEAD, AGREES, PANEL)
    return (FIGURES, *map(part_key, cards), HEAD, AGREES, PANEL)


def _has_more_than_news(draft: Draft, fields: Sequence[str]) -> bool:
    """Tell whether these fields change, among the figures, what no news carries."""
    is_bid_on = any(reveal.field in fields for reveal in draft.reveals)
    is_asked = ASKED in st.session_state
    is_explained = any(st.session_state.get(f"about_{name}") for name in EXPLAINED)
    return is_bid_on or is_asked or is_explained or any(not field.endswith(HEARD) for field in fields)


def _moves_cards(field: str) -> bool:
    """Tell whether an edit adds, removes or regroups cards, or changes what stands around them."""
    match field.split("."):
        case ["criteria", _] | ["criteria", _, "group"] | ["caps", _] | ["levels"]:
            return True
    return False


def put(steps: tuple[Step, ...], seen_seq: int) -> None:
    """Edit fields one after the other, as seen at edit `seen_seq`; what is refused is said. For callbacks."""
    try:
        for field, value in steps:
            session.agreement().edit(session.person(), field, value, seen_seq, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again(*(field for field, _ in steps))


def _opened(definition: Definition) -> str | None:
    """Return the id of the last criterion whose card is open: its threshold may move next."""
    names = (found.criterion_id for found in reversed(definition.criteria))
    return next((name for name in names if is_card_open(definition, name)), None)
