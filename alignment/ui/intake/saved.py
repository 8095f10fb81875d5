"""A saved mapping held against a file: what of it still fits, and what is otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from alignment.domain.mapping import Assignment, Rule, TableMapping
from alignment.domain.mapping import Mapping as WholeMapping
from alignment.imports import Preview

_MOST_NAMED = 6


def read_from(mapping: TableMapping) -> list[Assignment]:
    """Return what is read from a column of the file."""
    return [given for given in mapping.assignments if given.rule in {Rule.COLUMN, Rule.PRESENT}]


def fits(mapping: TableMapping, headers: Sequence[str]) -> bool:
    """Tell whether every column of a file that the mapping names is there."""
    return all(given.origin in headers for given in read_from(mapping))


def known_for(headers: Sequence[str], saved: WholeMapping | None) -> TableMapping | None:
    """Return the table mapping of a saved mapping that fits these columns, None when there is none."""
    return next((known for known in saved.tables if fits(known, headers)), None) if saved else None


def nearest(headers: Sequence[str], saved: WholeMapping | None) -> TableMapping | None:
    """Return the table mapping of a saved one that fits these columns best, if one fits by half or more."""
    found = [known for known in saved.tables if fits_half(known, headers)] if saved else []
    return max(found, key=lambda known: len(read_from(cut_to(known, headers))), default=None)


def fits_half(known: TableMapping, headers: Sequence[str]) -> bool:
    """Tell whether half of the columns that a saved mapping names, or more, are there."""
    named = read_from(known)
    return bool(named) and 2 * len(read_from(cut_to(known, headers))) >= len(named)


def cut_to(known: TableMapping, headers: Sequence[str]) -> TableMapping:
    """Return a saved mapping without what names columns that a file doesn't have."""
    there = {
        given.column
        for given in known.assignments
        if given.rule in {Rule.CONSTANT, Rule.SAME_AS} or given.origin in headers
    }
    kept = tuple(
        given
        for given in known.assignments
        if given.column in there and (given.rule is not Rule.SAME_AS or given.origin in there)
    )
    return replace(
        known,
        assignments=kept,
        after_contact=tuple(name for name in known.after_contact if name in headers),
        merges=tuple(merge for merge in known.merges if merge[0] in headers),
    )


def differences(known: TableMapping, preview: Preview, before: Sequence[str]) -> list[str]:
    """Say what a file has otherwise than the saved mapping, and the load before it, knew it.

    `before` are the file's columns in the load before, none where that is not known.
    """
    headers = preview.headers
    read = read_from(known)
    named = {given.origin for given in read}
    gone = [f"“{given.origin}” (our {given.column})" for given in read if given.origin not in headers]
    gone += [f"“{name}”" for name in before if name not in headers and name not in named]
    new = [f"“{name}”" for name in headers if before and name not in before and name not in named]
    return [f"{words}: {_listed(names)}" for words, names in (("gone", gone), ("new", new)) if names]


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
