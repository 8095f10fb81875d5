"""Rules of the pictures: what is sure is drawn solid, what is not is seen to be not, text stays text."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Passport
from alignment.domain.conversion import (
    Conversion,
    ConversionPath,
    Conversions,
    SourceQuality,
    SourceRow,
    Step,
)
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Grain, Period
from alignment.domain.rate import Rate
from alignment.domain.revenue import Attainment, Pipeline, PipelineStage, Revenue, Revenues
from alignment.domain.stage import Stage
from alignment.ui import charts
from alignment.ui.reader import Reader
from alignment.ui.theme import DARK, LIGHT, Look

PASSPORT = Passport("", "", "")
DESK, WALL, NIGHT = Reader(), Reader(Look(is_room=True)), Reader(Look(is_dark=True))
TEAM_COLOURS = ("#0072b2", "#d55e00")
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
TODAY = date(2026, 11, 21)


def won_in(**by):
    """Return won euros by week or month, as the report groups them."""
    rows = tuple(
        Revenue({"week": label.replace("_", "-")}, Money(euros * 100, "EUR"), 1, 0, None, None, None, None)
        for label, euros in by.items()
    )
    return Revenues(rows, "EUR", PASSPORT)


WON = won_in(**{"2026_W40": 100_000, "2026_W42": 300_000, "2026_W46": 500_000})


def goal_met_by(forecast):
    """Return where we stand with a goal of 2 million and these 10th, 50th and 90th percentiles."""
    goal = Goal(Q4, Money(200_000_000, "EUR"), Person("Ada", Side.MARKETING), datetime(2026, 10, 1))
    return Attainment(goal, Money(90_000_000, "EUR"), 0.5, 0.3, forecast, PASSPORT)


FUTURE = tuple(Money(cents, "EUR") for cents in (150_000_000, 180_000_000, 210_000_000))
PATH = ConversionPath(
    (
        Step(Stage.LEAD, 1_000, None),
        Step(Stage.MQL, 400, Rate(400, 1_000)),
        Step(Stage.SAL, 0, None, 0, "leads.sal_at"),
        Step(Stage.SQL, 40, Rate(40, 400), 3),
    ),
    28,
    7,
    PASSPORT,
)
TREND = Conversions(
    Stage.MQL,
    Stage.SQL,
    tuple(
        Conversion({"month": month}, Rate(*rate), 28, too_young)
        for month, rate, too_young in (
            ("2026-07", (60, 200), 0),
            ("2026-08", (5, 20), 0),
            ("2026-09", (1, 4), 0),
            ("2026-10", (30, 100), 40),
        )
    ),
    PASSPORT,
)
SOURCES = (SourceRow("Webinar", 90, Rate(20, 80), 10), SourceRow("<b>Fair</b>", 3, Rate(1, 3), 0))
QUALITY = SourceQuality(Stage.MQL, Stage.SQL, SOURCES, PASSPORT)
PIPELINE = Pipeline((PipelineStage("Proposal", 34, Money(95_800_000, "EUR"), 0),), PASSPORT)


def drawn(reader):
    """Return one of each picture for a reader."""
    return {
        "won to date": charts.won_to_date(WON, Q4, TODAY, reader, attainment=goal_met_by(FUTURE), former=WON),
        "won by month": charts.won_by_bucket(
            won_in(), Q4.buckets(Grain.MONTH), [Money(100, "EUR")] * 3, reader, grain=Grain.MONTH, today=TODAY
        ),
        "pipeline": charts.pipeline(PIPELINE, reader),
        "path": charts.path(PATH, reader),
        "trend": charts.trend(TREND, reader),
        "sources": charts.sources(SOURCES, QUALITY, reader),
    }


def marks_of(figure):
    """Return the traces that are marks with whiskers."""
    scattered = (trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    return [trace for trace in scattered if trace.error_y.array or trace.error_x.array]


def test_won_is_summed_up_from_nothing_to_today():
    """The line starts at zero on the first day and ends on the day of the data."""
    solid = next(trace for trace in charts.won_to_date(WON, Q4, TODAY, DESK).data if trace.mode == "lines")

    assert solid.y[0] == 0
    assert solid.y[-1] == 900_000
    assert (solid.x[0], solid.x[-1]) == (Q4.start, date(2026, 11, 22))


def test_the_goal_is_dashed_and_what_might_come_is_hatched():
    """Actual solid, plan and forecast are told apart without colour."""
    figure = charts.won_to_date(WON, Q4, TODAY, DESK, attainment=goal_met_by(FUTURE))

    assert {trace.line.dash for trace in figure.data} >= {"dash", "dot", None}
    assert [trace.fillpattern.shape for trace in figure.data if trace.fill == "toself"] == ["/"]


def test_the_goals_line_ends_at_the_goal():
    """On the last business day the whole goal is due."""
    figure = charts.won_to_date(WON, Q4, TODAY, DESK, attainment=goal_met_by(None))

    assert next(trace for trace in figure.data if trace.line.dash == "dash").y[-1] == 2_000_000


def test_the_month_under_way_is_faded():
    """It can't be compared yet."""
    colours = drawn(DESK)["won by month"].data[-1].marker.color

    assert colours == (LIGHT.actual, LIGHT.faded, LIGHT.faded)


def test_an_open_stage_without_any_amount_is_drawn_by_its_deals():
    """An unknown amount is no €0."""
    found = Pipeline((PipelineStage("Engaging", 1_589, None, 1_589),), PASSPORT)

    bar = charts.pipeline(found, DESK).data[0]

    assert (bar.x, bar.text) == ((1_589,), ("no amount · 1,589",))


def test_all_stages_stand_on_one_baseline():
    """Left-aligned bars are compared by length; a centred funnel is not."""
    figure = charts.path(PATH, DESK)

    assert figure.data[0].base is None
    assert figure.layout.xaxis.range[0] == 0


def test_a_short_bar_has_its_count_beside_it():
    """A count must never be cut off or shrunk."""
    assert charts.path(PATH, DESK).data[0].textposition == ("inside", "inside", "outside", "outside")


def test_a_stage_without_its_column_names_it():
    """And the next rate says between which stages it lies."""
    figure = charts.path(PATH, DESK)

    assert figure.data[0].text[2] == " needs column leads.sal_at"
    assert figure.layout.annotations[-1].text == "↓ MQL → SQL 10% (7–13%)"


def test_a_cohort_that_is_too_young_is_faded():
    """Its rates will still rise."""
    assert charts.path(PATH, DESK, is_young=True).data[0].marker.color == LIGHT.faded


def test_a_young_month_is_faded_shaded_and_not_joined():
    """The line goes through the months that can be judged."""
    figure = charts.trend(TREND, DESK)

    assert next(trace for trace in figure.data if trace.mode == "lines").x == (0, 1)
    assert figure.layout.shapes[0].x0 == 2.5
    assert [trace.marker.line.color for trace in marks_of(figure)] == [LIGHT.actual, LIGHT.faded]


def test_a_small_sample_is_hollow_and_a_tiny_one_is_not_drawn():
    """Under 30 the mark is hollow, under 5 there is none."""
    mark = marks_of(charts.trend(TREND, DESK))[0]

    assert mark.x == (0, 1)
    assert mark.marker.color == (LIGHT.actual, LIGHT.paper)


def test_a_rate_of_zero_is_a_whole_mark():
    """It lies on the axis, which cuts what it clips in half."""
    pictures = charts.trend(TREND, DESK), charts.sources(SOURCES, QUALITY, DESK)

    assert {mark.cliponaxis for figure in pictures for mark in marks_of(figure)} == {False}


def test_whiskers_are_wilsons():
    """60 of 200 is 24 to 37 percent."""
    mark = marks_of(charts.trend(TREND, DESK))[0]

    assert mark.y[0] + mark.error_y.array[0] == pytest.approx(Rate(60, 200).high)
    assert mark.y[0] - mark.error_y.arrayminus[0] == pytest.approx(Rate(60, 200).low)


def test_a_source_with_few_leads_has_a_bar_but_no_rate():
    """Quantity is known, quality is not."""
    figure = charts.sources(SOURCES, QUALITY, DESK)

    assert figure.data[0].x == (90, 3)
    assert marks_of(figure)[0].y == (0,)
    assert [note.text for note in figure.layout.annotations] == ["n too small"]


def test_markup_in_a_name_is_shown_as_text():
    """Plotly would make links and bold of it."""
    assert "&lt;b&gt;Fair&lt;/b&gt;" in charts.sources(SOURCES, QUALITY, DESK).layout.yaxis.ticktext[1]


@pytest.mark.parametrize("name", drawn(DESK))
def test_no_picture_wears_a_teams_colour(name):
    """MQL and SQL belong to both sides."""
    spec = drawn(DESK)[name].to_json().lower()

    assert not any(colour in spec for colour in TEAM_COLOURS)


@pytest.mark.parametrize("name", drawn(NIGHT))
def test_in_the_dark_no_ink_of_the_day_is_left(name):
    """Every colour comes from the reader's theme."""
    spec = drawn(NIGHT)[name].to_json()

    assert DARK.actual in spec or DARK.faded in spec
    assert LIGHT.actual not in spec


@pytest.mark.parametrize("name", drawn(WALL))
def test_on_the_wall_no_text_is_under_24_px_and_no_line_under_4(name):
    """Three metres away."""
    figure = drawn(WALL)[name]

    sizes = [note.font.size for note in figure.layout.annotations]
    assert min([*sizes, figure.layout.font.size]) >= 24
    assert WALL.look.stroke >= 4


@pytest.mark.parametrize("name", drawn(DESK))
def test_a_picture_is_light(name):
    """Four of them re-render within a fifth of a second; the trimmed template is written into it."""
    assert len(drawn(DESK)[name].to_json()) < 8_000


def test_a_picture_that_leaves_says_what_was_chosen_and_up_to_when():
    """A PNG found in a slide still tells."""
    caption = charts.Caption("Open pipeline", "Q4 2026 · all sources · as of 21 Nov 2026")

    title = charts.pipeline(PIPELINE, DESK, caption).layout.title

    assert title.text == "<b>Open pipeline</b>"
    assert "as of 21 Nov 2026" in title.subtitle.text


def won_of(**by):
    """Return a source's euros and deals won; None where its deals have no amount."""
    rows = tuple(
        Revenue({"source": name}, euros and Money(euros * 100, "EUR"), deals, 0, None, None, None, None)
        for name, (euros, deals) in by.items()
    )
    return Revenues(rows, "EUR", PASSPORT)


def test_all_bars_of_a_picture_are_in_money_as_soon_as_one_is():
    """Three deals without an amount are no three euros."""
    bars = charts.won_by(won_of(fair=(1_200, 2), web=(None, 3)), ("fair", "web"), "source", DESK).data[0]

    assert bars.x == (1_200, 0)
    assert bars.text[1] == "no amount"


def test_all_bars_of_a_picture_count_deals_where_no_amount_is_known():
    """How many is then all that can be said."""
    bars = charts.won_by(won_of(fair=(None, 2), web=(None, 3)), ("fair", "web"), "source", DESK).data[0]

    assert (bars.x, bars.text) == ((2, 3), ("2", "3"))


def test_months_without_amounts_are_counted_on_an_axis_without_a_currency():
    """And no goal in money stands beside them."""
    months = Q4.buckets(Grain.MONTH)
    rows = (Revenue({"month": "2026-10"}, None, 3, 0, None, None, None, None),)
    goals = [Money(100, "EUR")] * 3

    figure = charts.won_by_bucket(
        Revenues(rows, "EUR", PASSPORT), months, goals, DESK, grain=Grain.MONTH, today=TODAY
    )

    assert [trace.y for trace in figure.data] == [(3, 0, 0)]
    assert [text.strip() for text in figure.layout.yaxis.ticktext] == ["0", "1", "2", "3"]
