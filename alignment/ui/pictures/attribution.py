"""Pictures of what brought the revenue: the models side by side; sourced and influenced, never added."""

from collections.abc import Mapping

from alignment import report
from alignment.domain.attribution import Attributed, Attribution, Influenced, Model, Rules
from alignment.domain.money import Money
from alignment.domain.refusal import Refusal
from alignment.ui import charts, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.pictures.order import OTHERS, value_of
from alignment.ui.table import Table, Value
from alignment.ui.view import View
from alignment.ui.words import Words

MOST, MOST_SOURCES = 8, 12
ALONE = "not attributed"
APART = (
    "Sourced gives each deal to its first origin, once, so its parts add up to all that was won. Influenced"
    " counts a deal for every source that touched it, so its parts overlap. Never add the two."
)


def attribution(view: View, by: str, rules: Rules) -> Picture:
    """Return what each model gives to each channel, campaign or source, and what no touch explains."""
    found = _answer(view, by, rules)
    when = words.period(view.choice.period)
    title = f"What brought it, {when}, {view.snapshot.currency}"
    note = f"{view.note} · {_chosen(rules)}"
    rows = [(named(row.value, by), row.amounts) for row in found.rows]
    if len(rows) > MOST:
        rows = [*rows[: MOST - 1], (OTHERS, _summed([amounts for _, amounts in rows[MOST - 1 :]]))]
    if found.not_attributed.deals:
        rows.append((ALONE, dict.fromkeys(Model, found.not_attributed.amount)))
    figure = charts.attribution(rows, view.reader, charts.Caption(title, note))
    return Picture(title, figure, sentence(found, view.reader.words), table(found), found.passport, note)


def sourced_influenced(view: View, rules: Rules) -> Picture:
    """Return what each source sourced, beside what it influenced."""
    influenced = _influenced(view, rules)
    sourced = ask(report.revenue, view.snapshot, view.choice.period, by="source", sources=view.choice.sources)
    nothing = Money(0, sourced.currency)
    own = {value_of(row.by): row.won_amount or nothing for row in sourced.rows}
    also = {value: each.amount for value, each in influenced.by.items()}
    order = sorted({*own, *also}, key=lambda value: (-own.get(value, nothing).cents, value or "~"))
    rows = [(named(value, "source"), own.get(value, nothing), also.get(value, nothing)) for value in order]
    when = words.period(view.choice.period)
    title = f"Sourced | influenced, {when}, {sourced.currency}"
    note = f"{view.note} · influenced up to the {rules.before} of the deal"
    shown = [row for row in rows if row[1].cents or row[2].cents]
    figure = charts.sourced_influenced(shown[:MOST_SOURCES], view.reader, charts.Caption(title, note))
    cut = f" The {MOST_SOURCES} largest are drawn; ⓘ lists all." if len(shown) > MOST_SOURCES else ""
    return Picture(
        title,
        figure,
        f"{influence(influenced, view.reader.words)}{cut}",
        Table(("source", "sourced", "influenced (overlaps)"), tuple(rows)),
        influenced.passport,
        f"{note} · {APART}",
    )


def sentence(found: Attribution, say: Words) -> str:
    """Say where the models differ most, and what none of them explains."""
    apart = found.not_attributed
    rest = (
        f" Not attributed: {say.money(apart.amount)} of {say.counted(apart.deals, 'deal')} without a touch."
        if apart.deals
        else " Every deal won has a touch."
    )
    widest = max(found.rows, key=_spread, default=None)
    if widest is None or not _spread(widest):
        return f"All six models agree.{rest}" if found.rows else rest.strip()
    least, most = (choose(widest.amounts, key=widest.amounts.__getitem__) for choose in (min, max))
    return (
        f"The models differ most for {named(widest.value, found.by)}: {say.money(widest.amounts[least])} by"
        f" {least.label}, {say.money(widest.amounts[most])} by {most.label}. None of them is the truth; each"
        f" gives away all that was won.{rest}"
    )


def influence(found: Influenced, say: Words) -> str:
    """Say how much marketing touched, apart from whose deals they are."""
    return (
        f"Up to their {found.before}, marketing had touched {say.counted(found.total.deals, 'deal')} won,"
        f" worth {say.money(found.total.amount)}."
    )


def table(found: Attribution) -> Table:
    """Return the models side by side, a row a value, what no touch explains and the sum of all apart."""
    influenced = found.influenced
    columns = (found.by, "deals touched", *(model.label for model in Model), "influenced (overlaps)")
    rows: list[tuple[Value, ...]] = [
        (
            named(row.value, found.by),
            row.deals,
            *(row.amounts[model] for model in Model),
            influenced.by[row.value].amount if influenced and row.value in influenced.by else None,
        )
        for row in found.rows
    ]
    for name, touched, also in (
        (ALONE, found.not_attributed, None),
        ("all won", found.won, influenced.total.amount if influenced else None),
    ):
        rows.append((name, touched.deals, *(touched.amount for _ in Model), also))
    return Table(columns, tuple(rows))


def named(value: str | None, by: str) -> str:
    """Return a value in words."""
    return value or f"no {by}"


def _answer(view: View, by: str, rules: Rules) -> Attribution:
    when = words.period(view.choice.period)
    found = ask(
        report.attribution,
        view.snapshot,
        view.choice.period,
        by=by,
        rules=rules,
        sources=view.choice.sources,
    )
    if found.is_empty:
        chosen = f"{when} from {words.sources(view.choice.sources)}"
        raise Refusal(f"No deal was won in {chosen}. Choose other days or sources above.")
    if not found.has_amounts:
        raise Refusal(
            f"None of the deals won in {when} has an amount that can be told in {view.snapshot.currency}, so"
            " there is nothing to share. Import their amounts, or exchange rates for their currencies."
        )
    return found


def _influenced(view: View, rules: Rules) -> Influenced:
    influenced = _answer(view, "source", rules).influenced
    if influenced is None:
        raise Refusal(
            "Not available: needs column touches.is_marketing. With it you would see which deals were"
            " influenced."
        )
    return influenced


def _spread(row: Attributed) -> int:
    return max(row.amounts.values()).cents - min(row.amounts.values()).cents


def _chosen(rules: Rules) -> str:
    whose = "marketing's touches" if rules.is_marketing_only else "all touches"
    return f"{whose}, half-life {rules.half_life:g} days"


def _summed(amounts: list[Mapping[Model, Money]]) -> Mapping[Model, Money]:
    currency = next(iter(amounts[0].values())).currency
    return {model: Money(sum(each[model].cents for each in amounts), currency) for model in Model}
