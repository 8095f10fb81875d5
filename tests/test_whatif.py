"""What a definition would have done, on leads drawn in the test."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from alignment import whatif
from alignment.domain.definition import Comparison, Criterion, Definition, Group, Level, Route
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from alignment.store.warehouse import Warehouse
from alignment.whatif import answer
from tests import drawn

LEVELS = (Level("raw", 0), Level("hot", 10, Route.SALES, enters_hand_off=True))
BIG = Criterion("big", "size", Comparison.AT_LEAST, 50, 10)
BIG_IS_HOT = Definition((BIG,), LEVELS)
MAY = Period(date(2026, 5, 1), date(2026, 6, 1))
IN_MAY = whatif.Question(period=MAY, window=30)

FIVE_LEADS = """
    lead_id  created_at  size  source  first_touch_at  sql_at
    ada      2026-05-02  50    web     2026-05-03      2026-05-09
    bob      2026-05-03  70    web     2026-05-04      -
    cy       2026-05-04  90    fair    -               -
    dee      2026-05-05  5     fair    -               -
    eve      2026-05-06  -     web     2026-05-07      2026-05-08
"""


def test_hand_offs_are_the_leads_on_the_cutoff_and_above(given):
    """A score on the cutoff is inside; one without a value has no score."""
    figures = whatif.figures(given(as_of="2026-07-31", leads=FIVE_LEADS), BIG_IS_HOT, IN_MAY)

    assert [(band.level.name, band.leads) for band in figures.bands] == [("raw", 1), ("hot", 3)]
    assert figures.unscored == 1


def test_a_hand_off_that_nobody_worked_is_unknown_not_a_failure(given):
    """Ada converted, bob did not, and of cy nobody can tell."""
    handed = whatif.figures(given(as_of="2026-07-31", leads=FIVE_LEADS), BIG_IS_HOT, IN_MAY).hand_offs

    assert handed.conversion == Rate(1, 2)
    assert handed.unknown == 1


def test_a_hand_off_younger_than_the_window_is_not_judged(given):
    """On 2 June only ada's 31 days are over."""
    handed = whatif.figures(given(as_of="2026-06-01", leads=FIVE_LEADS), BIG_IS_HOT, IN_MAY).hand_offs

    assert handed.conversion == Rate(1, 1)
    assert handed.too_young == 2


def test_leads_a_week_are_those_of_the_periods_weeks(given):
    """The first lead came on 2 May: what was before the data starts is no slow week."""
    figures = whatif.figures(given(as_of="2026-07-31", leads=FIVE_LEADS), BIG_IS_HOT, IN_MAY)

    assert figures.hand_offs_a_week == pytest.approx(3 / (30 / 7))


def test_sources_restrict_every_figure(given):
    """Cy alone came from the fair and is big."""
    question = replace(IN_MAY, sources=("fair",))
    figures = whatif.figures(given(as_of="2026-07-31", leads=FIVE_LEADS), BIG_IS_HOT, question)

    assert (figures.leads, figures.hand_offs.leads) == (2, 1)


def test_without_a_period_the_last_twelve_full_months_count(given):
    """The month under way is no full month, and the thirteenth is too old."""
    snapshot = given(
        as_of="2026-07-15",
        leads="""
        lead_id  created_at  size
        old      2025-06-30  50
        first    2025-07-01  50
        last     2026-06-30  50
        now      2026-07-02  50
        """,
    )

    figures = whatif.figures(snapshot, BIG_IS_HOT)

    assert figures.period == Period(date(2025, 7, 1), date(2026, 7, 1))
    assert figures.leads == 2


def test_a_company_in_its_first_month_counts_the_days_so_far(given):
    """Better two weeks of figures than none."""
    snapshot = given(
        as_of="2026-07-14_12:00",
        leads="""
        lead_id  created_at  size
        ada      2026-07-01  50
        """,
    )

    figures = whatif.figures(snapshot, BIG_IS_HOT)

    assert figures.period == Period(date(2026, 7, 1), date(2026, 7, 15))
    assert figures.hand_offs_a_week == pytest.approx(0.5)


def test_leads_without_dates_have_counts_and_no_weeks(given):
    """A list of leads that says who converted can be scored, but not per week."""
    snapshot = given(
        leads="""
        lead_id  is_converted  size
        ada      true          50
        bob      false         60
        cy       true          5
        """
    )

    figures = whatif.figures(snapshot, BIG_IS_HOT)

    assert figures.hand_offs_a_week is None
    assert (figures.outcome, figures.window_days) == (Stage.OPPORTUNITY, None)
    assert figures.hand_offs.conversion == Rate(1, 2)


def test_without_any_outcome_conversion_is_unknown_not_zero(given):
    """Leads alone say nothing on success."""
    snapshot = given(
        as_of="2026-07-31",
        leads="""
        lead_id  created_at  size
        ada      2026-05-02  50
        """,
    )

    figures = whatif.figures(snapshot, BIG_IS_HOT, IN_MAY)

    assert figures.outcome is None
    assert figures.hand_offs.conversion == Rate(0, 0)
    assert figures.hand_offs.unknown is None


def test_where_work_shows_in_successes_only_every_hand_off_counts_as_worked(given):
    """Else each conversion would read 100 %."""
    snapshot = given(
        as_of="2026-07-31",
        leads="""
        lead_id  created_at  mql_at      sql_at      size
        ada      2026-05-02  2026-05-02  2026-05-09  50
        bob      2026-05-02  2026-05-02  -           60
        cy       2026-05-02  -           -           70
        """,
    )

    handed = whatif.figures(snapshot, BIG_IS_HOT, IN_MAY).hand_offs

    assert (handed.conversion, handed.unknown) == (Rate(1, 2), 1)


def test_won_revenue_is_counted_once_a_deal(given):
    """Ada and bob share the deal: both are won, its money counts once."""
    snapshot = given(
        as_of="2026-07-31",
        leads=FIVE_LEADS,
        deals="""
        deal_id  created_at  closed_at   is_won  amount
        one      2026-05-20  2026-06-10  true    500
        """,
        deal_leads="""
        deal_id  lead_id
        one      ada
        one      bob
        """,
    )

    handed = whatif.figures(snapshot, BIG_IS_HOT, IN_MAY).hand_offs

    assert (handed.won, handed.won_revenue) == (2, Money(50_000, "EUR"))


def test_who_was_worked_is_unknown_where_no_column_tells(given):
    """Nothing that leads carry before they convert says that sales looked at them."""
    leads = """
        lead_id  created_at  size  sql_at
        ada      2026-05-02  50    2026-05-09
        bob      2026-05-03  70    -
        """

    handed = whatif.figures(given(as_of="2026-07-31", leads=leads), BIG_IS_HOT, IN_MAY).hand_offs

    assert (handed.conversion, handed.unknown) == (Rate(1, 2), None)


@pytest.mark.parametrize(
    ("deals", "won", "revenue", "unvalued"),
    [
        ({}, None, None, 0),
        ({"is_won": "true"}, 1, None, 1),
        ({"is_won": "true", "amount": "500", "currency": "USD"}, 1, None, 1),
        ({"is_won": "true", "amount": "0"}, 1, Money(0, "EUR"), 0),
        ({"is_won": "false", "amount": "500"}, 0, Money(0, "EUR"), 0),
        ({"amount": "500"}, None, None, 0),
    ],
    ids=["no deals", "no amounts", "no exchange rate", "an amount of zero", "none won", "nobody says won"],
)
def test_won_revenue_that_the_data_can_not_tell_is_not_zero(given, deals, won, revenue, unvalued):
    """€0 would say that the hand-offs brought nothing."""
    columns = {"deal_id": "one", "lead_id": "ada", "created_at": "2026-05-20", **deals}
    tables = {"deals": f"{' '.join(columns)}\n{' '.join(columns.values())}"} if deals else {}
    snapshot = given(as_of="2026-07-31", leads=FIVE_LEADS, **tables)

    handed = whatif.figures(snapshot, BIG_IS_HOT, IN_MAY).hand_offs

    assert (handed.won, handed.won_revenue, handed.unvalued) == (won, revenue, unvalued)


def test_leads_that_were_never_dated_are_left_out_of_a_period_and_counted(given):
    """A figure of one lead in three must say so."""
    leads = """
        lead_id  created_at  size  sql_at
        ada      2026-05-02  50    -
        bob      -           70    -
        cy       -           90    -
        """

    figures = whatif.figures(given(as_of="2026-07-31", leads=leads), BIG_IS_HOT, IN_MAY)

    assert (figures.leads, figures.never_dated) == (1, 2)


@pytest.mark.parametrize("wrong", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("most_cells", [answer.MOST_CELLS, 0], ids=["all stops", "stops in use"])
def test_a_value_that_is_no_number_is_no_value(tmp_path, monkeypatch, wrong, most_cells):
    """One broken value of an operator's own table must not break the sliders of all the others."""
    monkeypatch.setattr(answer, "MOST_CELLS", most_cells)
    leads = "lead_id created_at size\n" + "\n".join(f"L{size} 2026-05-01 {size}" for size in range(60))
    drawn.warehouse(tmp_path / "own.duckdb", {"leads": leads}, {"as_of": "2026-07-31"})
    with duckdb.connect(tmp_path / "own.duckdb") as connection:
        connection.execute(f"update leads set size = '{wrong}' where size = 59")
        connection.execute("alter table leads add column tags bigint[]")
    snapshot = Warehouse(tmp_path / "own.duckdb").snapshot()

    figures = whatif.figures(snapshot, BIG_IS_HOT, IN_MAY)

    assert [candidate.attribute for candidate in whatif.candidates(snapshot)] == ["size"]
    assert (figures.hand_offs.leads, figures.unscored) == (9, 1)
    assert BIG_IS_HOT.score({"size": float(wrong)}) is None


def test_a_won_lead_whose_deal_counts_with_another_lead_is_told(given):
    """Dee is small and came first: her deal's money is hers, and ada's hand-off says where it went."""
    leads = """
        lead_id  created_at  size  sql_at
        dee      2026-05-01  5     -
        ada      2026-05-02  50    2026-05-09
        """
    deals = """
        deal_id  created_at  closed_at   is_won  amount
        one      2026-05-20  2026-06-10  true    500
        """
    shared = "deal_id lead_id\none dee\none ada"

    snapshot = given(as_of="2026-07-31", leads=leads, deals=deals, deal_leads=shared)
    handed = whatif.figures(snapshot, BIG_IS_HOT, IN_MAY).hand_offs

    assert (handed.won, handed.won_revenue, handed.counted_elsewhere) == (1, Money(0, "EUR"), 1)


def test_points_are_capped_per_group_on_both_sides_of_zero(given):
    """Two criteria of 30 under a cap of 40 make 40, an exclusion of -50 under 20 takes 20 away."""
    criteria = (
        replace(BIG, points=30),
        Criterion("huge", "size", Comparison.AT_LEAST, 70, 30),
        Criterion("fair", "source", Comparison.ONE_OF, ("fair",), -50, Group.EXCLUSION),
    )
    definition = Definition(criteria, LEVELS, {Group.FIT: 40, Group.EXCLUSION: 20})

    figures = whatif.figures(given(as_of="2026-07-31", leads=FIVE_LEADS), definition, IN_MAY)

    assert {point.score: point.leads for point in figures.histogram if point.leads} == {
        0: 2,
        20: 1,
        30: 1,
        40: 1,
    }


def test_a_point_of_the_histogram_knows_its_outcomes(given):
    """Decisions live at the margin: each score has its own rate."""
    figures = whatif.figures(given(as_of="2026-07-31", leads=FIVE_LEADS), BIG_IS_HOT, IN_MAY)

    assert figures.histogram[10] == whatif.Point(score=10, leads=3, judged=2, converted=1, won=0, unworked=1)


def _created(leads_by_month):
    """Leads of the first day of these months of 2026, all of them handed off."""
    rows = [
        f"{month}-{number} 2026-{month:02d}-01 50"
        for month, count in leads_by_month.items()
        for number in range(count)
    ]
    return "\n".join(["lead_id created_at size", *rows])


def test_a_month_to_come_lies_where_months_have_lain(given):
    """As many leads as days in each of six months: seven a week, and only chance differs."""
    leads = _created({1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 1})

    low, high = whatif.figures(given(as_of="2026-07-01", leads=leads), BIG_IS_HOT).hand_offs_of_a_month

    half = 1.96 * (7 / (365.25 / 12 / 7) * (1 + 1 / 6)) ** 0.5
    assert (low, high) == (pytest.approx(7 - half, abs=0.01), pytest.approx(7 + half, abs=0.01))


def test_the_more_months_differ_the_less_is_promised(given):
    """Ten one month and sixty the next: the range is wider than chance alone would make it."""
    leads = _created({1: 10, 2: 60, 3: 10, 4: 60, 5: 10, 6: 60, 7: 1})

    low, high = whatif.figures(given(as_of="2026-07-01", leads=leads), BIG_IS_HOT).hand_offs_of_a_month

    assert low == 0
    assert high > 20


def test_of_two_months_nobody_can_tell_a_range(given):
    """Their difference might be anything."""
    figures = whatif.figures(given(as_of="2026-07-01", leads=_created({5: 9, 6: 12, 7: 1})), BIG_IS_HOT)

    assert figures.hand_offs_of_a_month is None


def test_the_trend_has_every_month_and_its_levels(given):
    """The months outside of the period are part of the picture."""
    leads = FIVE_LEADS + "    fay 2026-06-03 80 web - -\n"
    trend = whatif.figures(given(as_of="2026-07-31", leads=leads), BIG_IS_HOT, IN_MAY).trend

    assert [(month.month.start, month.leads, month.leads_by_level) for month in trend] == [
        (date(2026, 5, 1), 5, (1, 3)),
        (date(2026, 6, 1), 1, (0, 1)),
    ]


def test_the_impact_is_the_difference_on_the_same_leads(given):
    """Raising the threshold from 50 to 70 loses ada."""
    snapshot = given(as_of="2026-07-31", leads=FIVE_LEADS)

    impact = whatif.impact(snapshot, BIG_IS_HOT, BIG_IS_HOT.with_threshold("big", 70), IN_MAY)

    assert impact.hand_offs == -1
    assert (impact.conversion.before, impact.conversion.after) == (Rate(1, 2), Rate(0, 1))


def test_a_criterion_on_a_column_that_is_gone_is_named_and_met_by_nobody(given):
    """A new load without the column must not break the page."""
    gone = Criterion("gone", "budget", Comparison.AT_LEAST, 5, 20)

    figures = whatif.figures(
        given(as_of="2026-07-31", leads=FIVE_LEADS), BIG_IS_HOT.with_criterion(gone), IN_MAY
    )

    assert figures.unmet == ("gone",)
    assert figures.hand_offs.leads == 3


def test_a_definition_without_criteria_leaves_every_lead_unscored(given):
    """Nobody has a value for none of the criteria."""
    figures = whatif.figures(given(as_of="2026-07-31", leads=FIVE_LEADS), Definition((), LEVELS), IN_MAY)

    assert (figures.unscored, figures.hand_offs.leads) == (5, 0)


def test_no_lead_at_all_makes_figures_of_nothing(given):
    """An empty table is empty, not a failure."""
    figures = whatif.figures(given(as_of="2026-07-31", leads="lead_id created_at size"), BIG_IS_HOT, IN_MAY)

    assert (figures.leads, figures.hand_offs_a_week, figures.trend) == (0, None, ())


def test_a_move_of_points_cutoff_or_threshold_asks_the_engine_nothing(given, monkeypatch):
    """Once the cube is there, everything a slider can do is in memory."""
    snapshot = given(as_of="2026-07-31", leads=FIVE_LEADS)
    whatif.impact(snapshot, BIG_IS_HOT, BIG_IS_HOT, IN_MAY)
    monkeypatch.setattr(type(snapshot), "ask", lambda *_: pytest.fail("the engine was asked"))

    for draft in (
        BIG_IS_HOT.with_points("big", 25),
        BIG_IS_HOT.with_level(1, replace(LEVELS[1], cutoff=30)),
        BIG_IS_HOT.with_threshold("big", 90),
    ):
        whatif.impact(snapshot, BIG_IS_HOT, draft, IN_MAY)


def test_an_opened_criterion_of_a_large_table_moves_without_asking(given, monkeypatch):
    """Past the budget a scale keeps the stops in use, and all of them once its control is open."""
    monkeypatch.setattr(answer, "MOST_CELLS", 0)
    snapshot = given(as_of="2026-07-31", leads=FIVE_LEADS)
    whatif.impact(snapshot, BIG_IS_HOT, BIG_IS_HOT, IN_MAY, opened="big")
    monkeypatch.setattr(type(snapshot), "ask", lambda *_: pytest.fail("the engine was asked"))

    impact = whatif.impact(snapshot, BIG_IS_HOT, BIG_IS_HOT.with_threshold("big", 5), IN_MAY, opened="big")

    assert impact.hand_offs == 1


def test_ten_screens_at_once_get_the_same_figures(given):
    """The figures are built once a process and shared."""
    snapshot = given(as_of="2026-07-31", leads=FIVE_LEADS)
    drafts = [BIG_IS_HOT.with_points("big", points) for points in range(10, 50)]

    with ThreadPoolExecutor(10) as screens:
        found = list(screens.map(lambda draft: whatif.figures(snapshot, draft, IN_MAY), drafts * 3))

    assert {figures.hand_offs.leads for figures in found} == {3}


def test_a_scale_has_the_stops_of_the_data_and_the_present_threshold(given):
    """Somebody set 60, which no lead has."""
    scales = whatif.scales(given(leads=FIVE_LEADS), BIG_IS_HOT.with_threshold("big", 60))

    assert scales["big"].stops == (5, 50, 60, 70, 90)


def test_a_text_offers_its_most_frequent_values_first(given):
    """Three leads came from the web, two from the fair."""
    source = Criterion("from", "source", Comparison.ONE_OF, ("fair",), 10)
    scales = whatif.scales(given(leads=FIVE_LEADS), Definition((source,), LEVELS))

    assert scales["from"].options == ("web", "fair")


def test_a_name_is_no_trait_to_score(given):
    """A text that differs from lead to lead can't become a criterion."""
    names = "\n".join(f"L{number} 2026-05-01 {number} name{number} web" for number in range(20))
    found = whatif.candidates(given(leads=f"lead_id created_at size name source\n{names}"))

    assert [candidate.attribute for candidate in found] == ["size", "source"]


def test_a_candidate_starts_at_a_threshold_that_a_part_of_the_leads_meets(given):
    """A criterion that all or none meet would do nothing."""
    sizes = "\n".join(f"L{number} 2026-05-01 {number}" for number in range(1, 21))
    (candidate,) = whatif.candidates(given(leads=f"lead_id created_at size\n{sizes}"))

    assert (candidate.comparison, candidate.threshold) == (Comparison.AT_LEAST, 14)
    assert candidate.criterion("size").points == 10
