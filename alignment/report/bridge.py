"""The restatement bridge: what changed between the MQLs of two periods, and why."""

from datetime import date

from alignment.domain.bridge import Bridge, Counted
from alignment.domain.judged import Judged
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError
from alignment.metrics.bridge import mqls_of_two_periods
from alignment.report.answer import Words, clock_of, passport
from alignment.report.judged import has_records, kinds_of, missing_for, unasked
from alignment.store.snapshot import Snapshot

FORMULA = (
    "MQLs now − MQLs before = demand + definition + data. Demand: the leads of both periods judged by"
    " {former}, the version in force at the end of the first, one period minus the other. Definition: what"
    " the versions in force on each day judge beyond {former}. Data: what the CRM recorded beyond the"
    " versions in force. A lead belongs to the day of its mql_at, or of its creation where none is recorded;"
    " its values are those that the table holds now."
)


def bridge(
    snapshot: Snapshot,
    before: Period,
    now: Period,
    as_was: Judged,
    *,
    sources: tuple[str | None, ...] = (),
    as_of: date | None = None,
) -> Bridge:
    """Return how the MQLs of one period become those of another, from these sources (empty: all).

    `as_was` holds the versions in force on each day. Raises MissingColumnError when the data can't tell who
    an MQL is, Refusal when `as_was` holds no version.
    """
    if as_was.is_recorded:
        raise Refusal("A bridge needs a definition: it tells its part from that of more or fewer leads.")
    if lacks := missing_for(snapshot, as_was, is_dated=True):
        shows = "why there are more or fewer MQLs than before"
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {shows}.")
    clock, former = clock_of(snapshot, as_of), as_was.on(before.last)
    by_former = Judged(as_was.token, (former,))
    query = mqls_of_two_periods(clock, (before, now), as_was, by_former, kinds_of(snapshot), sources)
    counts = {name: int(count) for name, count in snapshot.ask(query).to_pylist()[0].items()}
    there = has_records(snapshot)
    found = [
        _counted(counts, name, period, has_records=there)
        for name, period in (("before", before), ("now", now))
    ]
    others = dict.fromkeys(span.name for period in (before, now) for span in as_was.within(period))
    words = _words(found[0], found[1], former.name, unasked(snapshot, as_was), has_records=there)
    changed_to = tuple(name for name in others if name != former.name)
    return Bridge(found[0], found[1], former.name, changed_to, there, passport(clock, words, query))


def _counted(counts: dict[str, int], name: str, period: Period, *, has_records: bool) -> Counted:
    as_was = counts[f"as_was_{name}"]
    recorded = counts[f"recorded_{name}"] if has_records else as_was
    return Counted(period, recorded, as_was, counts[f"by_former_{name}"])


def _words(before: Counted, now: Counted, former: str, gone: tuple[str, ...], *, has_records: bool) -> Words:
    recorded = "" if has_records else " The data records no MQLs, so data is 0 and both ends are judged."
    lacks = f" No lead can meet what is asked of {', '.join(gone)}: the data lacks it." if gone else ""
    return Words(
        f"MQLs, {before.period} → {now.period}",
        FORMULA.format(former=former) + recorded + lacks,
        "; ".join(
            f"{each.period}: {each.recorded:,} {'recorded' if has_records else 'judged'},"
            f" {each.as_was:,} by the versions in force, {each.by_former:,} by {former}"
            for each in (before, now)
        ),
    )
