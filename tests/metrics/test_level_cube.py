"""The rows of the level cube: who is counted where."""

from datetime import MAXYEAR

import pytest

from alignment.domain.definition import Comparison
from alignment.domain.scale import Scale
from alignment.domain.stage import Stage
from alignment.metrics import lead_levels
from alignment.metrics.lead_levels import Grid, level_expression
from alignment.metrics.level_cube import Fate, Outcome, leads_by_level, leads_by_segments
from alignment.metrics.offset_day import day_by_offset, month_by_offset
from alignment.metrics.query import Query
from alignment.report.answer import clock_of

SIZES = Scale("size", Comparison.AT_LEAST, stops=(10.0, 50.0))
ASKED = Scale("asked", Comparison.IS_TRUE)
LATE = Fate.MATURE | Fate.WORKED | Fate.ACCEPTED
SUCCESS = LATE | Fate.CONVERTED
SQL_IN_30 = Outcome(Stage.SQL, 30, ("first_touch_at", "sql_at"))


def rows(snapshot, scales=(), outcome=SQL_IN_30, segment=None):
    """Ask and return the rows, a dict each."""
    query = leads_by_level(clock_of(snapshot), snapshot.currency, Grid(tuple(scales)), outcome, segment)
    return snapshot.ask(query).to_pylist()


def test_levels_of_two_attributes_share_a_key_in_mixed_radix(given):
    """Size 20 is level 2 of 4, asked true is level 2: 2 + 4 × 2."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  size  asked
        ada      2026-06-02  20    true
        """,
    )

    assert [row["key_0"] for row in rows(snapshot, [SIZES, ASKED])] == [10]


def test_levels_that_overflow_one_key_go_on_in_the_next(given, monkeypatch):
    """No engine's bigint may wrap around."""
    monkeypatch.setattr(lead_levels, "KEY_LIMIT", 5)
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  size  asked
        ada      2026-06-02  20    true
        """,
    )

    assert [(row["key_0"], row["key_1"]) for row in rows(snapshot, [SIZES, ASKED])] == [(2, 2)]


def test_twelve_scales_with_forty_stops_need_a_second_key():
    """42 levels to the power of twelve is more than a bigint holds."""
    fine = Scale("size", Comparison.AT_LEAST, stops=tuple(map(float, range(40))))

    assert Grid((fine,) * 12).keys == (tuple(range(11)), (11,))


def test_the_month_of_creation_is_that_of_the_business_zone(given):
    """Half past ten in the evening of 30 June in London is July in Berlin."""
    snapshot = given(
        as_of="2026-07-30",
        time_zone="Europe/Berlin",
        leads="""
        lead_id  created_at
        ada      2026-06-30_22:30
        """,
    )

    assert [row["month"] for row in rows(snapshot)] == [2026 * 12 + 6]


@pytest.mark.parametrize(
    ("lead", "fate"),
    [
        ("2026-06-20  -           -           -         ", Fate(0)),
        ("2026-05-01  -           -           -         ", Fate.MATURE),
        ("2026-05-01  2026-06-20  -           -         ", Fate(0)),
        ("2026-05-01  -           2026-05-02  -         ", Fate.MATURE | Fate.WORKED),
        ("2026-05-01  -           2026-05-02  2026-05-31", SUCCESS),
        ("2026-05-01  -           2026-05-02  2026-06-01", LATE),
        ("2026-05-01  2026-05-20  -           2026-05-19", LATE),
        ("2026-05-01  -           -           2026-07-09", Fate.MATURE),
    ],
    ids=[
        "too young",
        "mature, never worked",
        "handed off too lately",
        "worked, came to nothing",
        "converted on the last day",
        "converted a day too late",
        "converted before hand-off",
        "what comes after the as-of has not been",
    ],
)
def test_a_leads_fate_is_what_is_known_of_it(given, lead, fate):
    """Unworked is unknown and young is open: neither is a failure."""
    snapshot = given(
        as_of="2026-06-30",
        leads=f"""
        lead_id  created_at  mql_at  first_touch_at  sql_at
        ada      {lead}
        """,
    )

    assert [row["fate"] for row in rows(snapshot)] == [fate]


def test_what_was_before_the_hand_off_hides_nothing_that_came_after(given):
    """A deal was open already, or a date is reversed: the outcome that followed still counts."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  mql_at      sql_at
        ada      2026-05-01  2026-05-10  2026-05-12
        bob      2026-05-01  2026-05-10  2026-05-05
        """,
        deals="""
        deal_id  lead_id  created_at
        one      ada      2026-05-08
        two      bob      2026-05-15
        """,
    )

    assert [(row["fate"], row["leads"]) for row in rows(snapshot)] == [(SUCCESS, 2)]


@pytest.mark.parametrize(
    ("column", "stage", "fate"),
    [
        ("converted_at", Stage.WON, LATE),
        ("sql_at", Stage.SQL, SUCCESS),
    ],
)
def test_a_lead_that_got_further_was_worked(given, column, stage, fate):
    """Nobody converts a lead without having looked at it, touch or no touch."""
    snapshot = given(
        as_of="2026-06-30",
        leads=f"""
        lead_id  created_at  first_touch_at  {column}
        ada      2026-05-01  -               2026-05-05
        """,
    )

    found = rows(snapshot, outcome=Outcome(stage, 30, ("first_touch_at",)))

    assert [row["fate"] for row in found] == [fate]


def test_a_lead_whose_deal_says_so_converted_at_an_unknown_time(given):
    """An undated deal proves the outcome, but no window can judge it."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  is_converted  sql_at
        ada      2026-05-01  true          -
        """,
    )

    assert [row["fate"] for row in rows(snapshot)] == [LATE | Fate.UNDATED]


@pytest.mark.parametrize(
    ("lead", "decision"),
    [
        ("-           -           -         ", Fate(0)),
        ("2026-05-05  -           -         ", Fate.ACCEPTED),
        ("-           2026-05-05  -         ", Fate.ACCEPTED),
        ("-           -           2026-05-05", Fate.REJECTED),
        ("2026-05-05  -           2026-05-09", Fate.REJECTED),
        ("2026-05-05  2026-05-07  2026-05-09", Fate.REJECTED),
        ("2026-05-09  -           2026-05-05", Fate.REJECTED),
        ("2026-05-02  2026-05-09  2026-05-05", Fate.ACCEPTED),
        ("-           -           2026-07-05", Fate(0)),
        ("2026-05-05  -           2026-07-05", Fate.ACCEPTED),
    ],
    ids=[
        "neither",
        "taken",
        "qualified without being taken",
        "sent back",
        "taken, then sent back",
        "qualified, then sent back",
        "sent back, taken again, not qualified",
        "sent back, yet qualified",
        "sent back after the as-of",
        "taken, sent back after the as-of",
    ],
)
@pytest.mark.parametrize("outcome", [SQL_IN_30, Outcome(Stage.MQL, 30), Outcome(Stage.WON, None)])
def test_what_sales_decided_does_not_depend_on_what_counts_as_success(given, lead, decision, outcome):
    """Agreement with sales is about its yes and no, whatever came of it later."""
    snapshot = given(
        as_of="2026-06-30",
        leads=f"""
        lead_id  created_at  sal_at      sql_at      rejected_at
        ada      2026-05-01  {lead}
        """,
    )

    (found,) = rows(snapshot, outcome=outcome)

    assert found["fate"] & (Fate.ACCEPTED | Fate.REJECTED) == decision


def test_an_opportunity_at_an_unknown_time_is_a_yes_of_sales(given):
    """Nobody opens a deal with a lead that was sent back for good."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  rejected_at  is_converted
        ada      2026-05-01  2026-05-05   true
        """,
    )

    assert [row["fate"] & Fate.ACCEPTED for row in rows(snapshot, outcome=Outcome(Stage.WON, 30))] == [
        Fate.ACCEPTED
    ]


def test_money_of_a_shared_deal_is_counted_with_its_first_lead(given):
    """Two leads of one deal don't double its revenue; both are won."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  size
        ada      2026-05-02  20
        bob      2026-05-01  5
        """,
        deals="""
        deal_id  created_at  closed_at   is_won  amount
        one      2026-05-20  2026-06-01  true    1000.50
        """,
        deal_leads="""
        deal_id  lead_id
        one      ada
        one      bob
        """,
    )

    found = {row["key_0"]: (row["cents"], row["fate"] & Fate.WON > 0) for row in rows(snapshot, [SIZES])}

    assert found == {1: (100_050, True), 2: (0, True)}


def test_a_deal_in_another_currency_counts_at_the_rate_of_its_close(given):
    """Revenue is in one currency, or it is no sum."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at
        ada      2026-05-02
        """,
        deals="""
        deal_id  lead_id  created_at  closed_at   is_won  amount  currency
        one      ada      2026-05-20  2026-06-01  true    100     USD
        """,
        exchange_rates="""
        currency  rate_on     rate
        USD       2026-01-01  0.9
        USD       2026-06-15  0.5
        """,
    )

    assert [row["cents"] for row in rows(snapshot)] == [9_000]


def test_leads_and_cents_sum_to_what_the_tables_hold(given):
    """A cube that loses a lead loses an argument."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  size  source
        ada      2026-05-02  20    web
        bob      -           -     -
        cy       2026-06-02  70    fair
        dee      2026-07-02  70    fair
        """,
    )

    counted = {
        (row["segment"], row["month"]): row["leads"] for row in rows(snapshot, [SIZES], segment="source")
    }

    assert counted == {("web", 24316): 1, (None, None): 1, ("fair", 24317): 1}


def test_a_column_named_like_a_query_stays_a_name(given):
    """Identifiers are quoted, values are literals."""
    scale = Scale('a"; drop table leads; --', Comparison.ONE_OF, values=(("it's", "'"),))
    text = leads_by_level(clock_of(given(leads="lead_id created_at")), "EUR", Grid((scale,)), SQL_IN_30).text

    assert '"a""; drop table leads; --"' in text
    assert "= 'it''s' then" in text
    assert "= '''' then" in text


def test_days_by_offset_are_the_days_of_the_zone(given):
    """The quick way agrees with the engine's own at every half hour around the changes of the clock."""
    snapshot = given(as_of="2026-06-30", time_zone="Europe/Berlin", leads="lead_id created_at")
    quick = day_by_offset("t", "Europe/Berlin", 2026)
    exact = day_by_offset("t", "Europe/Berlin", MAXYEAR)
    hours = "select timestamp '2019-01-01' + interval '30 minutes' * range as t from range(0, 150000)"
    differing = snapshot.ask(Query(f"select count(*) as hours from ({hours}) where {quick} <> {exact}"))

    assert differing.column("hours").to_pylist() == [0]


@pytest.mark.parametrize(
    ("zone", "newest_year"), [("Europe/Berlin", 2026), ("America/St_Johns", 2010), ("UTC", 2026)]
)
def test_months_by_offset_are_the_months_of_the_zone(given, zone, newest_year):
    """In St. John's the clock once went back over midnight, on the first of November: October came again."""
    snapshot = given(as_of="2026-06-30", time_zone=zone, leads="lead_id created_at")
    quick = month_by_offset("t", zone, newest_year)
    exact = month_by_offset("t", zone, MAXYEAR)
    first = f"timestamp '{newest_year - 6}-12-30'"
    hours = f"select {first} + interval '30 minutes' * range as t from range(0, 120000)"
    differing = snapshot.ask(Query(f"select count(*) as hours from ({hours}) where {quick} <> {exact}"))

    assert differing.column("hours").to_pylist() == [0]


ODD = (None, "nan", "inf", "-inf", "-1e300", "0.0", "9.5", "10.0", "10.5", "50.0", "1e300")


@pytest.mark.parametrize("stops", [(), (10.0,), (0.0, 10.0, 50.0)])
@pytest.mark.parametrize("comparison", [Comparison.AT_LEAST, Comparison.AT_MOST])
def test_the_engine_finds_the_level_that_the_scale_says(given, comparison, stops):
    """What is no number has no value, at either end and whatever stops there are."""
    scale = Scale("size", comparison, stops=stops)
    told = [f"({place}, nullif('{text or ''}', ''))" for place, text in enumerate(ODD)]
    leads = f"(select place, cast(text as double) as size from (values {', '.join(told)}) v(place, text)) l"
    query = Query(f"select {level_expression(scale)} as level from {leads} order by place")

    found = given(leads="lead_id created_at").ask(query).column("level").to_pylist()

    assert found == [scale.level_of(float(text) if text else None) for text in ODD]


def test_leads_by_segments_are_those_of_the_months_asked_for_counted_as_one(given):
    """Who disappears is asked of a period: its months apart would be twelve times the rows."""
    snapshot = given(
        as_of="2026-06-30",
        leads="""
        lead_id  created_at  size  asked
        ada      2026-03-31  20    true
        bob      2026-04-01  20    true
        cy       2026-05-31  20    true
        dee      2026-06-01  70    false
        """,
    )
    april, may = 2026 * 12 + 3, 2026 * 12 + 4

    query = leads_by_segments(
        clock_of(snapshot), "EUR", Grid((SIZES,)), SQL_IN_30, [ASKED, SIZES], (april, may)
    )

    found = snapshot.ask(query).to_pylist()
    counted = sorted((row["place"], row["segment"], row["month"], row["leads"]) for row in found)
    assert counted == [(0, "2", may, 2), (1, "2", may, 2)]
