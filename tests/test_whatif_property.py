"""The level cube and the plain rules, held together on random companies and definitions."""

import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from alignment import report, whatif
from alignment.domain.definition import Comparison, Criterion, Definition, Group, Level, Route
from alignment.domain.period import Period
from alignment.domain.stage import Stage
from alignment.metrics import lead_levels
from alignment.whatif import answer
from tests import drawn, whatif_plain
from tests.whatif_plain import Company, Deal, Lead

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, AS_OF = datetime(2026, 2, 27, 22, 30), datetime(2026, 6, 30, 21, 30)
ALL_MONTHS = Period(date(2026, 2, 1), date(2026, 8, 1))
SIZES = (0.0, 1.0, 4.5, 5.0, 9.0, 50.0, -3.0)
TITLES = ("boss", "clerk", "intern", "O'Hara")
SOURCES = ("web", "fair", None)


def instants(days=130):
    """Some instant, by the half hour: many on the edge of a business day, a few after the as-of."""
    return some.integers(0, 48 * days).map(lambda halves: FIRST + timedelta(minutes=30 * halves))


def maybe(strategy):
    """Something or nothing."""
    return some.one_of(some.none(), strategy)


@some.composite
def leads(draw, number, days):
    """A lead with any of its values missing."""
    created_at = draw(instants(days))
    return Lead(
        f"L{number}",
        created_at,
        {
            "size": draw(maybe(some.sampled_from(SIZES))),
            "days": draw(maybe(some.sampled_from(SIZES))),
            "title": draw(maybe(some.sampled_from(TITLES))),
            "asked": draw(maybe(some.booleans())),
        },
        draw(some.sampled_from(SOURCES)),
        draw(maybe(instants(days))),
        draw(maybe(instants(days))),
        draw(maybe(instants(days))),
    )


@some.composite
def companies(draw, days=130):
    """Up to twelve leads and five deals of so many days, some of them shared."""
    people = tuple(draw(leads(number, days)) for number in range(draw(some.integers(1, 12))))
    owners = some.lists(some.sampled_from([lead.lead_id for lead in people]), max_size=3, unique=True).map(
        tuple
    )
    deals = some.builds(
        Deal, instants(days), owners, some.integers(0, 900), maybe(instants(days)), some.booleans()
    )
    return Company(people, tuple(draw(some.lists(deals, max_size=5))), AS_OF, BERLIN)


@some.composite
def criteria(draw, number):
    """A criterion on any attribute, its threshold on a lead's value, beside it or unseen."""
    comparison = draw(some.sampled_from(Comparison))
    attribute, threshold = {
        Comparison.IS_TRUE: ("asked", some.none()),
        Comparison.ONE_OF: (
            "title",
            some.lists(some.sampled_from([*TITLES, "pilot"]), min_size=1, max_size=3, unique=True).map(tuple),
        ),
    }.get(comparison, (draw(some.sampled_from(["size", "days"])), some.sampled_from([*SIZES, 7.0, 5])))
    points, group = draw(some.integers(-50, 50)), draw(some.sampled_from(Group))
    return Criterion(f"c{number}", attribute, comparison, draw(threshold), points, group)


@some.composite
def definitions(draw):
    """Up to six criteria, caps on some groups, two to four levels."""
    cutoffs = sorted(draw(some.sets(some.integers(1, 100), min_size=1, max_size=3)))
    handed = draw(some.integers(0, len(cutoffs)))
    levels = tuple(
        Level(f"level {place}", cutoff, Route.SALES, enters_hand_off=place == handed or draw(some.booleans()))
        for place, cutoff in enumerate([0, *cutoffs])
    )
    chosen = tuple(draw(criteria(number)) for number in range(draw(some.integers(0, 6))))
    return Definition(
        chosen, levels, draw(some.dictionaries(some.sampled_from(Group), some.integers(0, 100)))
    )


BEFORE_HAND_OFF = Company(
    (
        Lead(
            "L0",
            FIRST,
            dict.fromkeys(("size", "days", "title", "asked")),
            mql_at=FIRST + timedelta(days=4),
            sql_at=FIRST + timedelta(days=6),
        ),
    ),
    (Deal(FIRST + timedelta(days=2), ("L0",)),),
    AS_OF,
    BERLIN,
)
"""The deal was open before the hand-off, and sales accepted the lead after it."""


def said(value):
    """A value as a word of a drawn table."""
    if value is None or isinstance(value, bool):
        return {None: "-", True: "true", False: "false"}[value]
    return str(value).replace(" ", "_")


def opened(company, folder):
    """The company as a warehouse."""
    people = [
        [
            lead.lead_id,
            lead.created_at,
            lead.source,
            lead.mql_at,
            lead.touched_at,
            lead.sql_at,
            *lead.attributes.values(),
        ]
        for lead in company.leads
    ]
    header = "lead_id created_at source mql_at first_touch_at sql_at size days title asked"
    deals = [
        [f"D{number}", deal.created_at, deal.amount, deal.closed_at, deal.is_won]
        for number, deal in enumerate(company.deals)
    ]
    shared = [[f"D{number}", lead] for number, deal in enumerate(company.deals) for lead in deal.leads]
    tables = {
        "leads": (header, people),
        "deals": ("deal_id created_at amount closed_at is_won", deals),
        "deal_leads": ("deal_id lead_id", shared),
    }
    drawings = {
        name: "\n".join([head, *(" ".join(map(said, row)) for row in rows)])
        for name, (head, rows) in tables.items()
    }
    facts = {"time_zone": company.zone.key, "as_of": company.as_of.isoformat()}
    return drawn.warehouse(Path(folder) / "random.duckdb", drawings, facts)


def shown(figures):
    """The figures in the form that the plain rules give them."""
    scores = {point.score: point.leads for point in figures.histogram if point.leads}
    handed = figures.hand_offs
    return (
        scores | ({None: figures.unscored} if figures.unscored else {}),
        {band.level.name: band.leads for band in figures.bands if band.leads},
        (
            handed.leads,
            handed.conversion.numerator,
            handed.conversion.denominator,
            handed.unknown,
            handed.too_young,
        ),
        (handed.won, handed.won_revenue.cents),
    )


def expected(plain):
    """The plain figures in the form that they are compared in."""
    handed = plain.hand_offs, plain.converted, plain.judged, plain.unknown, plain.too_young
    return dict(plain.by_score), dict(plain.by_level), handed, (plain.won, plain.cents)


@pytest.mark.parametrize(
    ("most_cells", "key_limit"),
    [(answer.MOST_CELLS, lead_levels.KEY_LIMIT), (0, lead_levels.KEY_LIMIT), (answer.MOST_CELLS, 30)],
    ids=["all stops", "stops in use", "several keys"],
)
@settings(max_examples=10)
@given(
    company=companies(),
    in_force=definitions(),
    draft=definitions(),
    window=some.integers(0, 40),
    sources=some.sampled_from([(), ("web",), (None, "fair")]),
)
def test_the_cube_and_the_plain_rules_give_the_same_figures(
    most_cells, key_limit, company, in_force, draft, window, sources
):
    """A fast answer that differs from the slow one in a single lead is wrong."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "MOST_CELLS", most_cells)
        patch.setattr(lead_levels, "KEY_LIMIT", key_limit)
        snapshot = opened(company, folder)
        found = whatif.impact(snapshot, in_force, draft, whatif.Question(sources=sources, window=window))

    for figures in (found.in_force, found.draft):
        if figures.period:
            plain = whatif_plain.figures(company, figures.definition, window, figures.period, sources)
            assert shown(figures) == expected(plain)


@settings(max_examples=10)
@given(company=some.one_of(companies(days=15), companies()), window=some.integers(0, 40))
@example(company=BEFORE_HAND_OFF, window=30)
def test_a_definition_that_the_handed_off_meet_converts_as_the_report_says(company, window):
    """Two screens that rate the same leads differently would both be doubted."""
    handed = [
        replace(
            lead,
            touched_at=lead.mql_at,
            attributes={**lead.attributes, "asked": company.has_been(lead.mql_at)},
        )
        for lead in company.leads
    ]
    asked = Criterion("asked", "asked", Comparison.IS_TRUE, None, 10)
    definition = Definition((asked,), (Level("raw", 0), Level("hot", 10, enters_hand_off=True)))
    with tempfile.TemporaryDirectory() as folder:
        snapshot = opened(replace(company, leads=tuple(handed)), folder)
        figures = whatif.figures(snapshot, definition, whatif.Question(period=ALL_MONTHS, window=window))
        (row,) = report.conversion(snapshot, Stage.MQL, Stage.SQL, window=window).rows

    assert figures.hand_offs.conversion == row.rate
    assert figures.hand_offs.too_young == row.too_young


@settings(max_examples=10)
@given(company=companies(), in_force=definitions(), moves=some.data())
def test_where_missing_values_are_not_told_apart_the_figures_are_the_same(company, in_force, moves):
    """Of a large table only the leads without any value have a level of their own."""
    draft = in_force
    for criterion in in_force.criteria:
        points = moves.draw(some.integers(-50, 50))
        draft = draft.with_points(criterion.criterion_id, points)
        if isinstance(criterion.threshold, float):
            draft = draft.with_threshold(criterion.criterion_id, moves.draw(some.sampled_from(SIZES)))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "MOST_CELLS", 0)
        snapshot = opened(company, folder)
        found = whatif.impact(snapshot, in_force, draft, whatif.Question(window=14))

    for figures in (found.in_force, found.draft):
        if figures.period:
            plain = whatif_plain.figures(company, figures.definition, 14, figures.period)
            assert shown(figures) == expected(plain)


@settings(max_examples=10)
@given(company=companies(), steps=some.lists(definitions(), min_size=2, max_size=5))
def test_many_moves_in_a_row_end_where_one_move_would(company, steps):
    """Only what changed is added up at each move; nothing may be left behind."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = opened(company, folder)
        for step in steps:
            figures = whatif.figures(snapshot, step, whatif.Question(window=14))

    if figures.period:
        plain = whatif_plain.figures(company, steps[-1], 14, figures.period)
        assert shown(figures) == expected(plain)


@settings(max_examples=10)
@given(company=companies(), draft=definitions())
def test_a_lead_explained_alone_has_the_score_that_the_cube_gave_it(company, draft):
    """One lead asked of the engine falls into the very tuple that its score is read from."""
    with tempfile.TemporaryDirectory() as folder:
        for lead in company.leads[:2]:
            alone = Company((lead,), (), company.as_of, company.zone)
            Path(folder, "random.duckdb").unlink(missing_ok=True)
            figures = whatif.figures(opened(alone, folder), draft, whatif.Question(window=14))
            told = [point.score for point in figures.histogram if point.leads] or [None]

            if company.has_been(lead.created_at) and figures.leads:
                assert told == [draft.score(lead.attributes)]
