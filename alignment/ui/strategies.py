"""The strategies page: what each campaign or source brought and cost, as figures, pictures and one table."""

from html import escape

import streamlit as st

from alignment.domain.cohort import UNATTRIBUTED
from alignment.domain.decision import About, Decision
from alignment.domain.money import CENTS, Money
from alignment.domain.refusal import Refusal
from alignment.domain.strategy import Basis, Strategies, Strategy
from alignment.ui import detail, figures, pictures, tables
from alignment.ui.figures import Figure
from alignment.ui.panels import instead
from alignment.ui.plain import plain
from alignment.ui.view import View
from alignment.ui.words import UNKNOWN, Words

BY = ("campaign", "source")
MOST_ROWS = 40
EMPTY_HEIGHT = 120
TEN_UNITS = 10 * CENTS


def chosen(view: View) -> tuple[str, Basis]:
    """Let people choose what a strategy is, and which leads and deals count for the period."""
    options = [name for name in BY if view.snapshot.has("leads", name) or view.snapshot.has("deals", name)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="strategy_choice"):
        by = st.segmented_control(
            "A strategy is a", options or BY, default=(options or BY)[0], required=True, key="strategy_by"
        )
        basis = st.segmented_control(
            "Counted for the period",
            list(Basis),
            default=Basis.PERIOD,
            format_func=lambda each: each.label,
            required=True,
            key="strategy_basis",
        )
    return by or BY[0], basis or Basis.PERIOD


def found(view: View, by: str, basis: Basis) -> Strategies:
    """Return the strategies; where the data can't tell or nothing happened, say so and end the page."""
    try:
        answer = pictures.strategies(view, by, basis)
    except Refusal as refusal:
        instead(str(refusal), EMPTY_HEIGHT, is_missing=True)
        st.stop()
    if answer.is_empty:
        instead("Nothing happened in these days. Choose other days or sources above.", EMPTY_HEIGHT)
        st.stop()
    return answer


def totals(view: View, answer: Strategies) -> None:
    """Show what all strategies together cost and brought."""
    whole, say = answer.total, view.reader.words
    shown = [
        Figure("Spend", say.short_money(whole.spend), _counted(whole.leads, "lead", say)),
        Figure("Cost of an MQL", cost(whole.cost_per_mql, say), _counted(whole.mqls, "MQL", say)),
        Figure("Cost of an SQL", cost(whole.cost_per_sql, say), _counted(whole.sqls, "SQL", say)),
        Figure("Cost of a win", cost(whole.cost_per_win, say), f"{_counted(whole.won, 'deal', say)} won"),
        Figure(
            "Revenue ÷ spend",
            _times(view, whole),
            f"{say.short_money(whole.revenue)} won, with or without spend",
        ),
    ]
    note = f"{view.note} · {answer.basis.label}"
    table = tables.of_strategies(answer)
    figures.show(shown, answer.passport, table, view.reader, key="strategies", note=note)
    if answer.needs:
        st.caption(plain(answer.needs))


def volume_and_quality(view: View, by: str) -> None:
    """Show how many each strategy brought, and how good they were, on one row each."""
    start, end = pictures.usual_pair(view)
    title = f"{start.label}s and {start.label} → {end.label}"
    detail.panel(view, "volume_quality", title, lambda: pictures.by_column(view, start, end, by, most=9))


def money(view: View, answer: Strategies) -> None:
    """Show what was spent and won."""
    title = "Revenue won and spend"
    detail.panel(view, "spend_revenue", title, lambda: pictures.spend_and_revenue(view, answer))


def table(view: View, answer: Strategies, decided: dict[About, Decision]) -> None:
    """Show every strategy on a row, what belongs to none included, and their sum on the last one."""
    st.html(html(view, answer, decided))


def html(view: View, answer: Strategies, decided: dict[About, Decision]) -> str:
    """Return the table as HTML; every text in it is escaped."""
    rows = answer.rows
    shown, rest = rows[:MOST_ROWS], len(rows) - MOST_ROWS
    body = "".join(
        _row(view, row, decided_on(view, answer, row, decided), answer.called(row.name)) for row in shown
    )
    more = f" The file has the other {rest} rows too." if rest > 0 else ""
    caption = f"{answer.by.capitalize()}s, {answer.basis.label}. Rows sum to the last one.{more}"
    *counted, last = (f'<th scope="col">{escape(name)}</th>' for name in (answer.by, *COLUMNS))
    head = "".join([*counted, last.replace("<th", '<th class="accord-text"')])
    foot = _row(view, answer.total, None, "all")
    return (
        '<div class="accord-scroll" tabindex="0" role="region" aria-label="Strategies">'
        f'<table class="accord-table"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody><tfoot>{foot}</tfoot></table></div>"
    )


COLUMNS = (
    "leads",
    "MQLs",
    "SQLs",
    "won",
    "revenue",
    "spend",
    "cost of an MQL",
    "of an SQL",
    "of a win",
    "revenue ÷ spend",
    "still open",
    "came back",
    "decision",
)


def decided_on(
    view: View, answer: Strategies, row: Strategy, decided: dict[About, Decision]
) -> Decision | None:
    """Return what was decided on a strategy in the chosen period."""
    period = view.choice.period
    return decided.get(About(period, answer.by, row.name)) if period else None


def cells(view: View, row: Strategy) -> tuple[str, ...]:
    """Return the figures of a row in the reader's words, in the order of COLUMNS without the decision."""
    say = view.reader.words
    return (
        *(_count(count, say) for count in (row.leads, row.mqls, row.sqls, row.won)),
        *(
            _money(amount, say)
            for amount in (row.revenue, row.spend, row.cost_per_mql, row.cost_per_sql, row.cost_per_win)
        ),
        _times(view, row),
        _open(row, say),
        _came_back(row, say),
    )


def _row(view: View, row: Strategy, decision: Decision | None, name: str) -> str:
    values = "".join(f"<td>{escape(value)}</td>" for value in cells(view, row))
    said = escape(f"{decision.choice}, {decision.owner}") if decision else ""
    return f'<tr><th scope="row">{escape(name)}</th>{values}<td class="accord-text">{said}</td></tr>'


def _counted(count: int | None, noun: str, say: Words) -> str:
    return f"– {noun}s" if count is None else say.counted(count, noun)


def _count(count: int | None, say: Words) -> str:
    return UNKNOWN if count is None else say.count(count)


def _money(amount: Money | None, say: Words) -> str:
    return "–" if amount is None else cost(amount, say)


def cost(amount: Money | None, say: Words) -> str:
    """Say an amount as people compare costs: from ten units on without cents."""
    if amount is None or abs(amount.cents) < TEN_UNITS:
        return say.short_money(amount)
    return say.short_money(Money(round(amount.cents, -2), amount.currency))


def _times(view: View, row: Strategy) -> str:
    return "–" if row.returned is None else pictures.times(view, row.returned)


def _open(row: Strategy, say: Words) -> str:
    if row.open_deals is None:
        return UNKNOWN
    amount = f", {say.short_money(row.open_amount)}" if row.open_amount and row.open_deals else ""
    return f"{say.count(row.open_deals)}{amount}"


def _came_back(row: Strategy, say: Words) -> str:
    rate = row.came_back
    if rate is None:
        return UNKNOWN
    mostly = f", mostly {row.main_reason}" if row.main_reason else ""
    return f"{say.of_counts(rate)}{mostly}" if rate.denominator else "–"


def names(answer: Strategies) -> list[str | None]:
    """Return the strategies that people can decide on: all but deals that no lead is known of."""
    return [row.name for row in answer.rows if row.name != UNATTRIBUTED]
