"""The stops of every slider, from the data, and the attributes that can become criteria."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from alignment.domain.definition import Comparison, Criterion, Definition, Group, Threshold
from alignment.domain.scale import MOST_VALUES, Scale, rounded_stops
from alignment.metrics.definition_query import answers, is_number
from alignment.metrics.value_counts import rounded_value_counts, top_value_counts
from alignment.store.newest import Newest
from alignment.store.snapshot import Signature, Snapshot

CHOOSABLE = ("source", "campaign")
"""Columns of the contract that a criterion may use too: they are known when the lead comes in."""
MOST_DISTINCT_SHARE = 0.5
"""A text with more different values than this share of its leads is a name or a key, not a trait."""
FEW_VALUES = 10
USUAL_SHARE = 0.7
FRESHNESS_WORDS = ("days_since", "age", "distance", "recency")

KEPT_SCALES = 500

_scales: Newest[tuple[Signature, str, Comparison], Scale] = Newest(KEPT_SCALES)
_counts: dict[tuple[Signature, str], "Counts"] = {}
_lock = Lock()


@dataclass(frozen=True)
class Counts:
    """The leads by value of an attribute: by rounded number, or by its most frequent texts of `distinct`."""

    numbers: Mapping[float, int] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)
    distinct: int = 0

    @property
    def total(self) -> int:
        """Return the leads counted."""
        return sum(self.numbers.values()) + sum(self.texts.values())


@dataclass(frozen=True)
class Candidate:
    """An attribute that can become a criterion, with the comparison and threshold to start from.

    `is_after_contact`: by the load's mapping it is written after sales contact, so it looks into the future.
    """

    attribute: str
    comparison: Comparison
    threshold: Threshold
    scale: Scale
    is_after_contact: bool = False

    def criterion(self, criterion_id: str, points: int = 10, group: Group = Group.FIT) -> Criterion:
        """Return the criterion to add."""
        return Criterion(criterion_id, self.attribute, self.comparison, self.threshold, points, group)


def comparisons_of(snapshot: Snapshot, attribute: str) -> tuple[Comparison, ...]:
    """Return how a criterion can look at the attribute, the usual one first; none for a date or no column."""
    kind = snapshot.types.get(("leads", attribute), "")
    if is_number(kind):
        return (Comparison.AT_LEAST, Comparison.AT_MOST)
    return {"BOOLEAN": (Comparison.IS_TRUE,), "VARCHAR": (Comparison.ONE_OF,)}.get(kind, ())


def is_answerable(snapshot: Snapshot, criterion: Criterion) -> bool:
    """Tell whether the load has the criterion's attribute, and in a type that suits the comparison."""
    return answers(snapshot.types.get(("leads", criterion.attribute), ""), criterion.comparison)


def scales(snapshot: Snapshot, definition: Definition) -> dict[str, Scale]:
    """Return each criterion's scale by its id, its present threshold among the stops.

    A criterion whose attribute the load lacks, or has in another type, is left out.
    """
    known = [criterion for criterion in definition.criteria if is_answerable(snapshot, criterion)]
    _count(snapshot, (criterion.attribute for criterion in known))
    return {
        criterion.criterion_id: scale_of(snapshot, criterion.attribute, criterion.comparison).with_threshold(
            criterion.threshold
        )
        for criterion in known
    }


def scale_of(snapshot: Snapshot, attribute: str, comparison: Comparison) -> Scale:
    """Return the attribute's scale as the data has it, without anybody's threshold."""
    key = snapshot.signature, attribute, comparison
    return _scales.get(key, lambda: _scale_of(snapshot, attribute, comparison))


def _scale_of(snapshot: Snapshot, attribute: str, comparison: Comparison) -> Scale:
    if comparison is Comparison.IS_TRUE:
        return Scale(attribute, comparison)
    counts = _count(snapshot, [attribute])[attribute]
    if comparison is Comparison.ONE_OF:
        return Scale(attribute, comparison, values=tuple((text,) for text in counts.texts))
    return Scale(attribute, comparison, stops=rounded_stops(counts.numbers))


def candidates(snapshot: Snapshot) -> tuple[Candidate, ...]:
    """Return the attributes that can become criteria, in the load's order, each with where to start from."""
    names = [*snapshot.attributes, *(name for name in CHOOSABLE if snapshot.has("leads", name))]
    usable = [name for name in names if comparisons_of(snapshot, name)]
    counts = _count(snapshot, usable)
    after_contact = _after_contact(snapshot)
    found = []
    for name in usable:
        comparison = _usual_comparison(snapshot, name)
        if comparison is Comparison.ONE_OF and _is_key_like(counts[name]):
            continue
        scale = scale_of(snapshot, name, comparison)
        if comparison is Comparison.IS_TRUE or scale.stops or scale.values:
            threshold = _usual_threshold(comparison, scale, counts.get(name))
            found.append(Candidate(name, comparison, threshold, scale, name in after_contact))
    return tuple(found)


def _usual_comparison(snapshot: Snapshot, attribute: str) -> Comparison:
    first, *others = comparisons_of(snapshot, attribute)
    is_better_small = attribute.startswith(FRESHNESS_WORDS) and others
    return others[0] if is_better_small else first


def _usual_threshold(comparison: Comparison, scale: Scale, counts: Counts | None) -> Threshold:
    """Return where to start: the upper third of the numbers (at most: the lower), the most frequent text."""
    if comparison is Comparison.IS_TRUE or counts is None:
        return None
    if comparison is Comparison.ONE_OF:
        return scale.values[0]
    share = USUAL_SHARE if comparison is Comparison.AT_LEAST else 1 - USUAL_SHARE
    passed = 0
    for value, leads in sorted(counts.numbers.items()):
        passed += leads
        if passed >= share * counts.total:
            return next((stop for stop in scale.stops if stop >= value), scale.stops[-1])
    return scale.stops[-1]


def _is_key_like(counts: Counts) -> bool:
    return counts.distinct > FEW_VALUES and counts.distinct > MOST_DISTINCT_SHARE * max(
        counts.total, counts.distinct
    )


def _after_contact(snapshot: Snapshot) -> frozenset[str]:
    """Return the leads' columns that the load's receipt marks; only imported files have such marks."""
    tables = snapshot.receipt.get("tables")
    leads = [table for table in tables if table["table"] == "leads"] if isinstance(tables, list) else []
    return frozenset(
        column["name"] for table in leads for column in table["columns"] if column["after_contact"]
    )


def _count(snapshot: Snapshot, attributes: Iterable[str]) -> dict[str, Counts]:
    """Return the value counts of the attributes, asking for those not counted before, in one query a kind."""
    wanted = [name for name in dict.fromkeys(attributes) if snapshot.types["leads", name] != "BOOLEAN"]
    with _lock:
        missing = [name for name in wanted if (snapshot.signature, name) not in _counts]
        texts = [name for name in missing if snapshot.types["leads", name] == "VARCHAR"]
        numbers = [name for name in missing if name not in texts]
        for name, counts in {**_numbers(snapshot, numbers), **_texts(snapshot, texts)}.items():
            _counts[snapshot.signature, name] = counts
        return {name: _counts[snapshot.signature, name] for name in wanted}


def _numbers(snapshot: Snapshot, attributes: list[str]) -> dict[str, Counts]:
    leads: dict[str, dict[float, int]] = {name: {} for name in attributes}
    for row in snapshot.ask(rounded_value_counts(attributes)).to_pylist() if attributes else ():
        leads[attributes[row["attribute"]]][row["value"]] = row["leads"]
    return {name: Counts(numbers=found) for name, found in leads.items()}


def _texts(snapshot: Snapshot, attributes: list[str]) -> dict[str, Counts]:
    leads: dict[str, dict[str, int]] = {name: {} for name in attributes}
    distinct = dict.fromkeys(attributes, 0)
    rows = snapshot.ask(top_value_counts(attributes, MOST_VALUES)).to_pylist() if attributes else []
    for row in sorted(rows, key=lambda row: (-row["leads"], row["value"])):
        leads[attributes[row["attribute"]]][row["value"]] = row["leads"]
        distinct[attributes[row["attribute"]]] = row["distinct_values"]
    return {name: Counts(texts=found, distinct=distinct[name]) for name, found in leads.items()}
