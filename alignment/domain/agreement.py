"""How two sides come to one definition: a log of edits, the draft, positions, signatures, versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from alignment.domain import definition_plain
from alignment.domain.definition_words import field_label, number
from alignment.domain.level_pairs import Pairs, former, level_pairs, moved
from alignment.domain.refusal import Refusal
from alignment.domain.replay import is_structural, of_side, pairs_of, touches, with_edits

if TYPE_CHECKING:
    from alignment.domain.bid import Reveal
    from alignment.domain.definition import Definition
    from alignment.domain.definition_plain import Plain

TERMS = ("reason", "effective_on")


class Side(StrEnum):
    """Who a person speaks for; observers look on."""

    MARKETING = "marketing"
    SALES = "sales"
    OBSERVER = "observer"

    @property
    def may_edit(self) -> bool:
        """Tell whether the side edits and signs."""
        return self is not Side.OBSERVER

    @property
    def other(self) -> "Side":
        """Return the side across the table; an observer has none."""
        return {Side.MARKETING: Side.SALES, Side.SALES: Side.MARKETING}.get(self, Side.OBSERVER)


@dataclass(frozen=True)
class Person:
    """Somebody at the table, by name and side."""

    name: str
    side: Side

    def __post_init__(self) -> None:
        """Refuse a person without a name."""
        if not self.name.strip():
            message = "Please give your name, so that the others see who moves what."
            raise Refusal(message)


@dataclass(frozen=True)
class Edit:
    """One field changed by one person; `seq` counts all edits ever, `undoes` names the edit it takes back."""

    seq: int
    at: datetime
    who: Person
    field: str
    before: "Plain"
    after: "Plain"
    undoes: int | None = None


@dataclass(frozen=True)
class Signature:
    """A person's yes to the draft as it stood at edit `seq`."""

    who: Person
    at: datetime
    seq: int


@dataclass(frozen=True)
class Terms:
    """What is signed besides the definition: why, and from which day on."""

    reason: str = ""
    effective_on: date | None = None


@dataclass(frozen=True)
class Version:
    """A definition in force: its number, its terms, who signed, and what it was expected to bring."""

    number: int
    definition: "Definition"
    terms: Terms
    signatures: tuple[Signature, ...] = ()
    prediction: Mapping[str, "Plain"] = field(default_factory=dict)
    at: datetime | None = None

    def is_to_come(self, today: date) -> bool:
        """Tell whether it is signed and holds from a later day on."""
        return self.terms.effective_on is not None and self.terms.effective_on > today


@dataclass(frozen=True)
class Draft:
    """The definition being edited: the version in force and the edits made since, oldest first.

    `begun_seq` is the number of the newest edit made before this draft, 0 when there was none. `reveals` are
    the two-hand bids opened on it, oldest first.
    """

    base: Version
    edits: tuple[Edit, ...] = ()
    signatures: tuple[Signature, ...] = ()
    begun_seq: int = 0
    reveals: tuple["Reveal", ...] = ()

    @property
    def seq(self) -> int:
        """Return the number of the newest edit; it keeps rising from one draft to the next."""
        return self.edits[-1].seq if self.edits else self.begun_seq

    @cached_property
    def definition(self) -> "Definition":
        """Return the definition in force with the last value of each field put in."""
        return with_edits(self.base.definition, self.edits)

    @cached_property
    def terms(self) -> Terms:
        """Return the terms as last set; nothing is carried over from the version before."""
        last = {
            edit.field.removeprefix("terms."): edit.after
            for edit in self.edits
            if edit.field.startswith("terms.")
        }
        day = last.get("effective_on")
        return Terms(str(last.get("reason") or ""), date.fromisoformat(day) if day else None)

    def grown(
        self,
        edits: Sequence[Edit],
        signatures: tuple[Signature, ...] = (),
        reveals: "tuple[Reveal, ...]" = (),
    ) -> "Draft":
        """Return the draft with newer edits, and with these signatures and opened bids in place of its own.

        What was worked out for this draft is carried on: an edit costs no more for those before it.
        """
        later = replace(self, edits=(*self.edits, *edits), signatures=signatures, reveals=reveals)
        known, found = vars(self), vars(later)
        if "definition" in known:
            found["definition"] = with_edits(self.definition, edits, self.base.definition)
        if "_positions" in known and all(edit.undoes is None for edit in edits):
            found["_positions"] = {
                side: with_edits(position, of_side(edits, side), self.base.definition)
                for side, position in self._positions.items()
            }
        return later

    @property
    def is_changed(self) -> bool:
        """Tell whether the draft differs from the version in force; the order of criteria scores nothing."""
        return _in_order(self.definition) != _in_order(self.base.definition)

    @cached_property
    def standing(self) -> tuple[Edit, ...]:
        """Return the edits that nobody has taken back, oldest first."""
        taken_back = {edit.undoes for edit in self.edits}
        return tuple(edit for edit in self.edits if edit.undoes is None and edit.seq not in taken_back)

    def position_of(self, side: Side) -> "Definition":
        """Return what one side stands for: the last values it set, the rest as in force.

        Criteria and levels added or removed count for both sides, so that the two positions can be compared.
        """
        return self._positions[side]

    @cached_property
    def _positions(self) -> "Mapping[Side, Definition]":
        return {side: with_edits(self.base.definition, of_side(self.standing, side)) for side in Side}

    @cached_property
    def _set_by(self) -> "Mapping[Side, frozenset[str]]":
        """The fields that each side has set, by the names that they have now."""
        found: dict[Side, set[str]] = {side: set() for side in Side}
        for edit in self.standing:
            if edit.field == "levels":
                pairs = pairs_of(edit)
                found = {
                    side: {name for each in names if (name := moved(each, pairs))}
                    for side, names in found.items()
                }
            found[edit.who.side].add(edit.field)
        return {side: frozenset(names) for side, names in found.items()}

    def is_set_by(self, side: Side, name: str) -> bool:
        """Tell whether a side has moved the field, and nobody took that back."""
        return name in self._set_by[side]

    def definition_before(self, edit: Edit) -> "Definition":
        """Return the definition that an edit of this draft met, in which its field had its name."""
        if not any(is_structural(each.field) or each.field.endswith(".name") for each in self.edits):
            return self.definition
        return with_edits(self.base.definition, (each for each in self.edits if each.seq < edit.seq))

    def is_moved_by(self, side: Side, name: str, value: "Plain") -> bool:
        """Tell whether a side that sets the field to the value changes the draft, or where it stands itself.

        To take what the other side has put in changes the draft by nothing, and settles a difference.
        """
        if self.value_of(name) != value:
            return True
        if name.startswith("terms."):
            return False
        return definition_plain.value_of(self.position_of(side), name) != value

    def value_of(self, name: str) -> "Plain":
        """Return the draft's present value of a field."""
        if name == "terms.reason":
            return self.terms.reason
        if name == "terms.effective_on":
            return self.terms.effective_on.isoformat() if self.terms.effective_on else None
        return definition_plain.value_of(self.definition, name)

    def in_force_as(self, name: str) -> str | None:
        """Return the name that a field of the draft has in its base; None for one of a level that is new."""
        return former(name, self._pairs) if name.startswith("levels.") else name

    @cached_property
    def _pairs(self) -> Pairs:
        return level_pairs(self.base.definition, self.definition)

    def last_edit_of(self, name: str) -> Edit | None:
        """Return the newest edit that touched the field, directly or by changing the whole it is part of."""
        return next((edit for edit in reversed(self.edits) if touches(edit.field, name)), None)

    def reveal_of(self, name: str) -> "Reveal | None":
        """Return the bids last opened on a field, None once somebody has moved it since."""
        found = next((reveal for reveal in reversed(self.reveals) if reveal.field == name), None)
        edit = self.last_edit_of(name)
        return None if found is None or (edit and edit.seq > found.seq) else found

    def undoable_by(self, who: Person) -> Edit | None:
        """Return the person's newest edit that can still be taken back, unless somebody has built on it.

        What was taken back itself is built on nothing: one can walk back through all of one's edits.
        """
        own = next((edit for edit in reversed(self.standing) if edit.who == who), None)
        if own is None:
            return None
        last = next(edit for edit in reversed(self.standing) if touches(edit.field, own.field))
        return own if last == own else None

    def signature_of(self, side: Side) -> Signature | None:
        """Return the side's signature if it still holds: any later edit has voided it."""
        return next(
            (sign for sign in reversed(self.signatures) if sign.who.side is side and sign.seq == self.seq),
            None,
        )

    @property
    def is_agreed(self) -> bool:
        """Tell whether both sides signed this very draft."""
        return all(self.signature_of(side) for side in (Side.MARKETING, Side.SALES))

    def refuse_stale(self, name: str, seen_seq: int, shown: "Definition") -> None:
        """Raise Refusal, with who and what, when the field changed after the edit the person had seen.

        `shown` is the definition in whose words that is said.
        """
        edit = self.last_edit_of(name)
        if edit and edit.seq > seen_seq:
            label = field_label(shown, edit.field)
            did = f"changed {label}" if is_structural(edit.field) else f"set {label} to {number(edit.after)}"
            message = f"{edit.who.name} {did} meanwhile; your change was not applied."
            raise Refusal(message)

    def refuse_unready(self) -> None:
        """Raise Refusal, saying what is missing, while the draft can't be signed."""
        if not self.is_changed:
            message = "There is nothing to sign: the draft equals the definition in force."
            raise Refusal(message)
        if not self.terms.reason.strip():
            message = "Please write the reason for the change before you sign."
            raise Refusal(message)
        if self.terms.effective_on is None:
            message = "Please choose the day from which the definition holds before you sign."
            raise Refusal(message)
        before = self.base.terms.effective_on
        if before and self.terms.effective_on < before:
            message = f"Version {self.base.number} holds from {before}. Choose that day or a later one."
            raise Refusal(message)


def _in_order(definition: "Definition") -> "Definition":
    ordered = sorted(definition.criteria, key=lambda criterion: criterion.criterion_id)
    return replace(definition, criteria=tuple(ordered))
