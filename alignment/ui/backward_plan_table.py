"""What the goal needs, a row a stage: needed beside what came, with its days; drawn, and as a table."""

from html import escape

from alignment.domain.backward_plan import BackwardPlan, Need
from alignment.domain.backward_plan_basis import Factor
from alignment.ui import backward_plan_words, words
from alignment.ui.table import Table
from alignment.ui.words import Words

TITLES = {"won": "Wins", "lead": "Leads"}
HEADROOM = 1.04


def of_plan(plan: BackwardPlan) -> Table:
    """Return the needs, a row a stage."""
    return Table(
        (
            "stage",
            "needed",
            "at least",
            "at most",
            "from",
            "to",
            "came so far",
            "latest useful day",
            "last call: 1 in 10",
            "needs column",
        ),
        tuple(_row(need) for need in plan.needs),
    )


def _row(need: Need) -> tuple[str | int | None, ...]:
    low, high = need.counts or (None, None)
    days = (words.day(need.days.start), words.day(need.days.last)) if need.days else (None, None)
    useful = [words.day(each) if each else None for each in (need.until, need.last_call)]
    return (_title(need), need.count, low, high, *days, need.came, *useful, need.missing or None)


def html(plan: BackwardPlan, say: Words) -> str:
    """Return the needs as HTML; every text in it is ours or escaped."""
    return (
        f'<div class="accord-needs-of-goal">{"".join(_drawn(need, plan, say) for need in plan.needs)}</div>'
    )


def _title(need: Need) -> str:
    return TITLES.get(need.stage, f"{need.stage.label}s")


def _drawn(need: Need, plan: BackwardPlan, say: Words) -> str:
    if need.missing or need.count is None:
        said = need.missing or f"Not known: {_unknown(plan)}."
        why = f'<span class="accord-why">{escape(said)}</span>'
        return f'<div class="accord-need"><b>{_title(need)}</b>{why}</div>'
    low, high = need.counts or (need.count, need.count)
    ends = f"{say.count(low)}–{say.count(high)}" if low != high else ""
    came = "not begun yet" if need.came is None else f"{say.count(need.came)} came"
    days = f"{words.day(need.days.start)} – {words.day(need.days.last)}" if need.days else "days not known"
    return (
        f'<div class="accord-need"><b>{_title(need)}</b>'
        f'<span class="accord-number">{escape(say.count(need.count))}</span>'
        f'<span class="accord-ends-of">{escape(ends)}</span>'
        f"{_bar(need, low, high, say)}"
        f'<span class="accord-when">{escape(came)}, {escape(days)}</span></div>'
    )


def _unknown(plan: BackwardPlan) -> str:
    """Name the first factor that stops the chain."""
    gone: Factor | None = next((each for each in plan.basis.factors if plan.used(each.name) is None), None)
    return f"{gone.label}: {gone.unknown}" if gone else "a step is missing"


def _bar(need: Need, low: int, high: int, say: Words) -> str:
    """Draw what is needed (outlined), what came (solid), the range, and how far the days have run."""
    count, came = need.count or 1, need.came or 0
    top = max(count, came, high) * HEADROOM

    def at(number: float) -> str:
        return f"{number / top * 100:.2f}%"

    parts = [
        f'<i class="accord-plan" style="width:{at(count)}"></i>',
        f'<i class="accord-actual" style="width:{at(came)}"></i>',
    ]
    if low != high:
        parts.append(f'<i class="accord-range" style="left:{at(low)};width:{at(high - low)}"></i>')
    if 0 < need.elapsed < 1:
        parts.append(f'<i class="accord-pace" style="left:{at(count * need.elapsed)}"></i>')
    told = f"{backward_plan_words.plural(need.stage)}: {say.count(came)} came of {say.count(count)} needed"
    return f'<div class="accord-bar" role="img" aria-label="{escape(told)}">{"".join(parts)}</div>'
