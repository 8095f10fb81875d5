"""What the definition page looks at: the draft, the data, the figures; and how one edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from alignment import whatif
from alignment.domain.agreement import Draft
from alignment.domain.definition import Criterion, Definition
from alignment.domain.definition_plain import Plain, value_of
from alignment.domain.definition_steps import Step
from alignment.domain.refusal import Refusal
from alignment.domain.scale import Scale
from alignment.store.warehouse import Snapshot
from alignment.ui import live, reader, session
from alignment.ui.reader import Reader
from alignment.ui.synced import hook
from alignment.whatif import Impact

WHOLE, HEAD, FIGURES = "definition", "definition_head", "definition_figures"
AGREES, PANEL = "definition_agrees", "definition_panel"
"""The keys of the page's fragments: the whole, and the parts of it that run again by themselves."""


@dataclass(frozen=True)
class DefinitionView:
    """The draft on one load, for one reader; figures come from memory while draft and load stay the same."""

    draft: Draft
    snapshot: Snapshot
    impact: Impact
    scales: Mapping[str, Scale]
    reader: Reader

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
        try:
            return value_of(self.base, field)
        except Refusal:
            return None


def here() -> DefinitionView:
    """Return what this screen looks at now."""
    draft, snapshot = session.agreement().draft(), session.snapshot()
    impact = whatif.impact(
        snapshot, draft.base.definition, draft.definition, opened=_opened(draft.definition)
    )
    return DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, draft.definition), reader.here())


def card_key(criterion: Criterion) -> str:
    """Return the key of a criterion's card, safe as a CSS class whatever its id."""
    return f"card_{hook(f'criteria.{criterion.criterion_id}')}"


def part_key(criterion_id: str) -> str:
    """Return the key of the fragment that draws a criterion's card."""
    return f"part_{hook(f'criteria.{criterion_id}')}"


def parts(draft: Draft, fields: Sequence[str] | None) -> tuple[str, ...]:
    """Choose the fragments that show these fields, None for all: most edits leave most cards alone."""
    if fields is None or any(_moves_cards(field) for field in fields):
        return (WHOLE,)
    if not fields:  # a signature, a bid, a scout sample
        return (HEAD, AGREES, PANEL)
    if all(field.startswith("terms.") for field in fields):
        return (HEAD, AGREES)
    known = {criterion.criterion_id for criterion in draft.definition.criteria}
    moved = {field.split(".")[1] for field in fields if field.startswith("criteria.")}
    return (FIGURES, *(part_key(name) for name in sorted(moved & known)), HEAD, AGREES, PANEL)


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
    opened = [found for found in definition.criteria if st.session_state.get(card_key(found))]
    return opened[-1].criterion_id if opened else None
