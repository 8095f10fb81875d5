"""What brought the revenue: six models side by side, and the deals that marketing influenced."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from alignment.domain.attribution import (
    Attributed,
    Attribution,
    Before,
    Influenced,
    Journey,
    Model,
    Rules,
    Touched,
    parts,
)
from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.errors import MissingColumnError, UnknownTermError
from alignment.metrics import attribution as metric
from alignment.metrics.deals import Deals
from alignment.metrics.query import Query
from alignment.report.answer import Clock, Words, clock_of, need, passport
from alignment.report.revenue import Sources, need_amounts
from alignment.report.touches import Row, SortedOut, Touch, moment_end, sorted_out
from alignment.store.snapshot import Snapshot

ATTRIBUTED_BY = tuple(metric.GROUPS)
SHOWS = "what brought the revenue won: first, last, linear, U-shaped, W-shaped and time decay side by side"


def attribution(
    snapshot: Snapshot,
    period: Period | None = None,
    *,
    by: str = "channel",
    rules: Rules | None = None,
    sources: Sources = (),
    as_of: date | None = None,
) -> Attribution:
    """Return won revenue of the deals closed in the period (None: ever), shared by each model.

    `by` is channel, campaign or source. Raises MissingColumnError naming what the load lacks for it.
    """
    rules = rules or Rules()
    _need_touches(snapshot, period, by, rules)
    clock = clock_of(snapshot, as_of)
    deals = Deals(clock, snapshot.currency, sources)
    queries = metric.won_deals(deals, period), metric.touches(deals, period, by)
    won, touches = (snapshot.ask(query).to_pylist() for query in queries)
    found = sorted_out(touches, won, clock, rules)
    asked = Asked(by, rules, period, snapshot.currency, clock, queries)
    return _answer(asked, won, found, tells_who=snapshot.has("touches", "is_marketing"))


@dataclass(frozen=True)
class Asked:
    """What an answer is of, for its sums and its passports."""

    by: str
    rules: Rules
    period: Period | None
    currency: str
    clock: Clock
    queries: tuple[Query, ...]

    def money(self, cents: int) -> Money:
        """Return cents of the business currency."""
        return Money(cents, self.currency)


def _need_touches(snapshot: Snapshot, period: Period | None, by: str, rules: Rules) -> None:
    if by not in ATTRIBUTED_BY:
        message = f"Attribution is grouped by one of {', '.join(ATTRIBUTED_BY)}, got “{by}”."
        raise UnknownTermError(message)
    if not snapshot.has("touches"):
        message = f"Not available: needs table touches. With it you would see {SHOWS}."
        raise MissingColumnError(message)
    need_amounts(snapshot)
    need(snapshot, "deals", "is_won", shows="won deals and what brought them")
    if period:
        need(snapshot, "deals", "closed_at", shows="what brought the revenue of a period")
    table = "leads" if by == "source" else "touches"
    need(snapshot, table, by, shows=f"what brought the revenue won by {by}")
    if rules.is_marketing_only:
        shows = "what marketing's touches brought; or let all touches take part"
        need(snapshot, "touches", "is_marketing", shows=shows)


def _answer(asked: Asked, won: Sequence[Row], found: SortedOut, *, tells_who: bool) -> Attribution:
    deals = [row for row in won if row["cents"] is None or row["cents"] >= 0]
    zone = ZoneInfo(asked.clock.zone)
    sums: dict[str | None, Counter[Model]] = defaultdict(Counter)
    counts: Counter[str | None] = Counter()
    for row in deals:
        touches = found.part.get(row["deal_id"], [])
        counts.update({value for _, value in touches})
        _share(row, touches, sums, zone, asked.rules)
    alone = [row for row in deals if row["deal_id"] not in found.part]
    rows = tuple(
        Attributed(value, {model: asked.money(sums[value][model]) for model in Model}, counts[value])
        for value in counts
    )
    whole = Touched(len(deals), asked.money(_cents(deals)))
    result = Attribution(
        by=asked.by,
        rules=asked.rules,
        rows=tuple(sorted(rows, key=_largest_first)),
        not_attributed=Touched(len(alone), asked.money(_cents(alone))),
        won=whole,
        unvalued=sum(row["cents"] is None for row in deals),
        influenced=_influenced(asked, deals, found) if tells_who else None,
        passports={},
        passport=passport(asked.clock, Words("", "", "")),
    )
    left_out = _left_out(won, found, len(alone))
    return replace(
        result,
        passports={model: _passport(asked, result, left_out, (model,)) for model in Model},
        passport=_passport(asked, result, left_out, tuple(Model)),
    )


def _share(
    row: Row,
    touches: Sequence[Touch],
    sums: Mapping[str | None, Counter[Model]],
    zone: ZoneInfo,
    rules: Rules,
) -> None:
    """Add each model's parts of one deal to the sums of their values."""
    cents, values = row["cents"] or 0, [value for _, value in touches]
    if len(set(values)) == 1:  # all models agree
        sums[values[0]].update(dict.fromkeys(Model, cents))
        return
    journey = Journey(
        tuple(at for at, _ in touches), moment_end(row["lead_at"], zone), moment_end(row["created_at"], zone)
    )
    for model in Model:
        for value, part in zip(values, parts(cents, journey.weights(model, rules.half_life)), strict=True):
            sums[value][model] += part


def _influenced(asked: Asked, deals: Sequence[Row], found: SortedOut) -> Influenced:
    by: dict[str | None, list[Row]] = defaultdict(list)
    touched = [row for row in deals if found.influencing.get(row["deal_id"])]
    for row in touched:
        for value in found.influencing[row["deal_id"]]:
            by[value].append(row)
    before = asked.rules.before
    undated = sum(row["created_at" if before is Before.CREATION else "closed_at"] is None for row in deals)
    words = Words(
        f"Influenced, {asked.period}" if asked.period else "Influenced",
        f"deals won with at least one marketing touch of any of their leads up to their {before}, each in"
        f" full. Several {asked.by}s can have touched one deal, so the parts overlap and sum to more than the"
        " whole; and an influenced deal may be sourced by another: the two are never added.",
        f"{len(touched):,} deals won",
        f"{len(deals):,} deals won",
        {f"won, {before} at an unknown time: not influenced": undated},
    )
    return Influenced(
        before,
        _touched(asked, touched),
        {value: _touched(asked, by[value]) for value in sorted(by, key=_by_name)},
        passport(asked.clock, words, *asked.queries),
    )


def _touched(asked: Asked, rows: Sequence[Row]) -> Touched:
    return Touched(len(rows), asked.money(_cents(rows)))


def _by_name(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""


def _cents(rows: Iterable[Row]) -> int:
    return sum(row["cents"] or 0 for row in rows)


def _largest_first(row: Attributed) -> tuple[int, bool, str]:
    return -sum(amount.cents for amount in row.amounts.values()), *_by_name(row.value)


def _left_out(won: Sequence[Row], found: SortedOut, alone: int) -> Mapping[str, int]:
    return {
        "deals won without a touch that takes part: not attributed": alone,
        "won without an amount or an exchange rate": sum(row["cents"] is None for row in won),
        "won with an amount of zero": sum(row["cents"] == 0 for row in won),
        "won with a negative amount: a credit, in no model": sum((row["cents"] or 0) < 0 for row in won),
        **dict(sorted(found.left_out.items())),
    }


def _passport(
    asked: Asked, found: Attribution, left_out: Mapping[str, int], models: Sequence[Model]
) -> Passport:
    whose = "marketing's touches" if asked.rules.is_marketing_only else "all touches, those of sales too,"
    of_source = " A touch has the source of its lead." if asked.by == "source" else ""
    rules = ". ".join(f"{model.label}: {model.rule(asked.rules.half_life)}" for model in models)
    words = Words(
        f"What brought it, by {asked.by}{f', {asked.period}' if asked.period else ''}",
        f"each deal won shared among {whose} of all its leads up to its close (a moment without a time of day"
        f" holds for its whole day); touches of one instant share their part; parts sum to the deal's cents."
        f"{of_source} {rules}.",
        f"{found.won.deals - found.not_attributed.deals:,} deals won with a touch",
        f"{found.won.deals:,} deals won",
        left_out,
    )
    return passport(asked.clock, words, *asked.queries)
