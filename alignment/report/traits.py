"""What the SQLs of a month have in common that those of the months before had less often, tested."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from alignment.domain.cohort import Cohort
from alignment.domain.definition import Comparison
from alignment.domain.period import Period, months_later
from alignment.domain.refusal import Refusal
from alignment.domain.scale import MOST_VALUES, NO_VALUE, Scale, rounded_stops
from alignment.domain.segment import band_stops, segment_name
from alignment.domain.traits import FEWEST, LEAST_LIFT, Counts, Traits, compared
from alignment.metrics import compass as metric
from alignment.metrics.definition_query import is_number
from alignment.metrics.query import Query
from alignment.metrics.value_counts import rounded_value_counts
from alignment.report.answer import USUAL, Window, Words, clock_of, passport
from alignment.report.compass import of_mqls, window_of
from alignment.report.judged import kinds_of
from alignment.store.snapshot import Snapshot

ALWAYS = ("source", "campaign")
"""Columns of the contract that are known when a lead comes in: looked at however many values they have."""

Row = Mapping[str, Any]


def traits(
    snapshot: Snapshot,
    cohort: Cohort | None,
    month: date,
    months_before: int,
    window: Window = USUAL,
) -> Traits:
    """Return the traits over-represented among the SQLs of a month against those of the months before.

    Every value of every attribute with few values is tested, numbers by up to five bands, never by person.
    Raises MissingColumnError when the data can't tell MQL and SQL, Refusal without months before.
    """
    if months_before < 1:
        raise Refusal("There are no months before to compare these SQLs with.")
    cohort = of_mqls(snapshot, cohort)
    days, kinds = window_of(snapshot, cohort, window), kinds_of(snapshot)
    cohort = replace(cohort, period=Period(months_later(month, -months_before), months_later(month, 1)))
    clock = clock_of(snapshot, cohort.as_of)
    texts, scales = _texts(snapshot), _scales(snapshot)
    by_text = metric.sqls_by_text(clock, cohort, days, kinds, texts, MOST_VALUES, month)
    by_band = metric.sqls_by_band(clock, cohort, days, kinds, scales, month)
    text_rows, band_rows = _ask(snapshot, by_text, texts), _ask(snapshot, by_band, scales)
    crowded = {texts[row["attribute"]] for row in text_rows if row["distinct_values"] > MOST_VALUES}
    crowded -= set(ALWAYS)
    counts = [
        *(_of_text(texts, row) for row in text_rows if texts[row["attribute"]] not in crowded),
        *_of_bands(scales, band_rows),
    ]
    tested = compared(counts)
    queries = [query for query, asked in ((by_text, texts), (by_band, scales)) if asked]
    words = _words(days, len(tested), crowded, _after_contact(snapshot))
    return Traits(tested, passport(clock, words, *queries))


def _texts(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the columns whose values are compared one by one: source, campaign, texts and flags."""
    named = [name for name in ALWAYS if snapshot.has("leads", name)]
    own = [name for name, kind in _own(snapshot) if kind in ("VARCHAR", "BOOLEAN")]
    return tuple(dict.fromkeys([*named, *own]))


def _scales(snapshot: Snapshot) -> tuple[Scale, ...]:
    """Return the numbers with their bands, those of the definition page's segments."""
    names = [name for name, kind in _own(snapshot) if is_number(kind)]
    leads: dict[str, Counter[float]] = {name: Counter() for name in names}
    for row in snapshot.ask(rounded_value_counts(names)).to_pylist() if names else ():
        if row["value"] is not None:
            leads[names[row["attribute"]]][row["value"]] = row["leads"]
    stops = {name: band_stops(rounded_stops(counts)) for name, counts in leads.items()}
    return tuple(Scale(name, Comparison.AT_LEAST, stops=each) for name, each in stops.items() if each)


def _own(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the load's own attributes, but for what its mapping marks as written after sales contact."""
    after = _after_contact(snapshot)
    return ((name, kind) for name, kind in snapshot.attributes.items() if name not in after)


def _after_contact(snapshot: Snapshot) -> frozenset[str]:
    tables = snapshot.receipt.get("tables")
    leads = [table for table in tables if table["table"] == "leads"] if isinstance(tables, list) else []
    return frozenset(
        column["name"] for table in leads for column in table["columns"] if column["after_contact"]
    )


def _ask(snapshot: Snapshot, query: Query, asked: Sequence[object]) -> list[Row]:
    return snapshot.ask(query).to_pylist() if asked else []


def _of_text(texts: Sequence[str], row: Row) -> Counts:
    value = {"true": "yes", "false": "no"}.get(row["value"], row["value"])
    return Counts(
        texts[row["attribute"]], value, row["found"], row["leads"], row["found_before"], row["leads_before"]
    )


def _of_bands(scales: Sequence[Scale], rows: Sequence[Row]) -> Iterator[Counts]:
    known = [row for row in rows if row["level"] != NO_VALUE]
    leads, leads_before = Counter[int](), Counter[int]()
    for row in known:
        leads[row["attribute"]] += row["found"]
        leads_before[row["attribute"]] += row["found_before"]
    for row in sorted(known, key=lambda row: (row["attribute"], row["level"])):
        place = row["attribute"]
        name = segment_name(scales[place], row["level"])
        yield Counts(
            scales[place].attribute,
            name,
            row["found"],
            leads[place],
            row["found_before"],
            leads_before[place],
        )


def _words(days: int, tested: int, crowded: set[str], after: frozenset[str]) -> Words:
    return Words(
        "What these SQLs have in common",
        f"of the month's SQLs (MQLs of the month that became SQL within {days} days) with any value of an"
        " attribute, those with this value, against the same of the months before. Named where that many or"
        " more would hardly come by chance (Fisher's exact test, one-sided, under 5 in 100 after Holm's"
        f" correction for all values tested) and where the share is {LEAST_LIFT:g} times as large or more."
        f" Values that under {FEWEST} of all these SQLs have are not tested. Attributes are those of the"
        " table as it is today, never persons.",
        f"{tested:,} values tested",
        "",
        {
            f"attributes with over {MOST_VALUES} values: {', '.join(sorted(crowded))}": len(crowded),
            f"attributes written after sales contact: {', '.join(sorted(after))}": len(after),
        },
    )
