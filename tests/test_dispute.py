"""Rules of the disputed zone and of segments, on leads drawn in the test."""

from dataclasses import replace

import pytest

from alignment import whatif
from alignment.domain.agreement import Side
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.scale import Scale
from alignment.domain.segment import MOST_BANDS
from alignment.whatif import dispute, segments
from alignment.whatif.dispute import Became

LEVELS = (Level("raw", 0), Level("hot", 10, enters_hand_off=True))
WEB = Criterion("web", "source", Comparison.ONE_OF, ("web",), 10)
LEADS = """
    lead_id  created_at  first_touch_at  sql_at      size  source
    ada      2026-05-02  2026-05-03      2026-05-09  50    web
    bob      2026-05-03  2026-05-04      -           70    web
    cy       2026-05-04  -               -           90    fair
    dee      2026-06-29  -               -           60    fair
    eve      2026-05-06  2026-05-07      2026-06-28  20    -
"""
AS_OF = "2026-07-01T12:00:00"
IN_30 = whatif.Question(window=30)


def at_least(size, points=10):
    """A definition that hands off whoever is as large."""
    return Definition((Criterion("size", "size", Comparison.AT_LEAST, size, points),), LEVELS)


def between(marketing, sales):
    """The positions of both sides."""
    return {Side.MARKETING: marketing, Side.SALES: sales}


def test_each_lead_is_disputed_in_one_direction_or_none(given):
    """Eve by marketing alone, ada and bob by both."""
    found = dispute.dispute(given(leads=LEADS, as_of=AS_OF), between(at_least(20), at_least(50)), IN_30)

    assert (found.zone.marketing.leads, found.zone.sales.leads, found.both.leads) == (1, 0, 4)


@pytest.mark.parametrize("sizes", [(10, 20), (1000, 2000)], ids=["all meet", "none meets"])
def test_where_both_judge_alike_nothing_is_disputed(given, sizes):
    """The thresholds differ and concern nobody: no examples, and no move settles anything."""
    snapshot, positions = given(leads=LEADS, as_of=AS_OF), between(*map(at_least, sizes))
    scales = whatif.scales(snapshot, positions[Side.SALES])

    assert dispute.dispute(snapshot, positions, IN_30).zone.leads == 0
    assert dispute.zones(snapshot, positions, "source", IN_30) == ()
    assert dispute.settlings(snapshot, positions, scales, IN_30) == ()
    assert dispute.examples(snapshot, positions, IN_30) == ()


def test_a_criterion_on_a_column_that_is_gone_is_met_by_nobody(given):
    """Marketing asks for what the load no longer has: its leads are those of the rest."""
    gone = Criterion("gone", "headcount", Comparison.AT_LEAST, 5, 50)
    marketing = at_least(50).with_criterion(gone)
    positions = between(marketing, at_least(70))
    snapshot = given(leads=LEADS, as_of=AS_OF)

    assert dispute.dispute(snapshot, positions, IN_30).zone.marketing.leads == 2
    assert {each.lead_id for each in dispute.examples(snapshot, positions, IN_30)} == {"ada", "dee"}


def test_what_became_of_an_example_is_what_is_known(given):
    """Worked or not, in time or not, too young: five leads, five answers."""
    positions = between(at_least(20), at_least(1000))
    found = dispute.examples(given(leads=LEADS, as_of=AS_OF), positions, IN_30)

    assert {each.lead_id: each.became for each in found} == {
        "ada": Became.CONVERTED,
        "bob": Became.NOT_CONVERTED,
        "cy": Became.NEVER_WORKED,
        "dee": Became.TOO_YOUNG,
        "eve": Became.NOT_CONVERTED,
    }


def test_without_outcomes_nothing_is_said_to_have_become_of_a_lead(given):
    """A lead of which the data tells nothing is no failure."""
    leads = "lead_id created_at size\nada 2026-05-02 50"
    (found,) = dispute.examples(given(leads=leads, as_of=AS_OF), between(at_least(20), at_least(70)))

    assert found.became is Became.NOT_TOLD


def test_leads_without_dates_are_disputed_too(given):
    """Counts, and no weeks."""
    leads = "lead_id is_converted size\nada true 50\nbob false 20"
    snapshot, positions = given(leads=leads), between(at_least(20), at_least(50))

    found = dispute.dispute(snapshot, positions)
    assert (found.zone.marketing.leads, found.a_week(1)) == (1, None)
    assert [each.lead_id for each in dispute.examples(snapshot, positions)] == ["bob"]


def test_the_money_of_an_example_is_that_of_its_won_deals(given):
    """What the argument is about, in the business currency."""
    deals = "deal_id lead_id created_at closed_at amount is_won\nd1 cy 2026-05-10 2026-06-01 900 true"
    snapshot = given(leads=LEADS, deals=deals, as_of=AS_OF)

    found = dispute.examples(snapshot, between(at_least(20), at_least(1000)), IN_30)

    assert {each.lead_id: each.won and each.won.cents for each in found}["cy"] == 900_00
    assert {each.lead_id: each.won for each in found}["ada"] is None


def test_of_moves_that_settle_as_much_half_way_comes_first(given):
    """Where one field is all that differs, any common value settles all."""
    snapshot, positions = given(leads=LEADS, as_of=AS_OF), between(at_least(20), at_least(90))

    found = dispute.settlings(snapshot, positions, whatif.scales(snapshot, at_least(20)), IN_30)

    assert [(each.meeting.side, each.left) for each in found] == [
        (None, 0), (Side.MARKETING, 0), (Side.SALES, 0),
    ]  # fmt: skip


def test_what_a_move_leaves_is_counted_on_the_leads_of_the_period(given):
    """Both at 60, eve is out; ada stays disputed for the web's points, zed came too late to count."""
    late = "zed      2026-07-01  -               -           20    web"
    web = Criterion("web", "source", Comparison.ONE_OF, ("web",), 10)
    positions = between(at_least(20).with_criterion(web), at_least(60).with_criterion(replace(web, points=0)))
    snapshot = given(leads=LEADS + late, as_of=AS_OF)

    found = dispute.settlings(snapshot, positions, whatif.scales(snapshot, at_least(20)), IN_30)

    left = {(each.meeting.field, each.meeting.side): each.left for each in found}
    assert left["criteria.size.threshold", Side.SALES] == 1
    assert left["criteria.size.threshold", Side.MARKETING] == 0


def test_a_segment_that_loses_over_half_is_said_and_half_is_not_over_half(given):
    """The fair loses one of two, the web both."""
    snapshot = given(leads=LEADS, as_of=AS_OF)
    found = segments.segments(snapshot, at_least(20), at_least(80), "source", IN_30)

    assert {
        each.name: (each.before.leads, each.after.leads, each.gone.leads, each.is_over_half_lost)
        for each in found
    } == {"web": (2, 0, 2, True), "fair": (2, 1, 1, False), "not known": (1, 0, 1, True)}


def test_what_goes_is_told_apart_from_what_comes(given):
    """By the draft the fair comes in and the web goes: its outcomes are those of ada and bob."""
    web = Definition((WEB,), LEVELS)
    fair = Definition((Criterion("web", "source", Comparison.ONE_OF, ("fair",), 10),), LEVELS)

    found = segments.segments(given(leads=LEADS, as_of=AS_OF), web, fair, "source", IN_30)

    by_name = {each.name: each for each in found}
    assert (by_name["web"].gone.leads, by_name["web"].gone.conversion.denominator) == (2, 2)
    assert by_name["fair"].gone.leads == 0


def test_segments_of_few_hand_offs_are_apart(given):
    """Two leads of the web are no pattern."""
    lost = segments.losses(given(leads=LEADS, as_of=AS_OF), at_least(20), at_least(1000), IN_30)

    assert {each.name for each in lost.small if each.attribute == "source"} == {"web", "fair", "not known"}
    assert "source" not in {each.attribute for each in lost.segments}


@pytest.mark.parametrize(
    ("scale", "names"),
    [
        (
            Scale("size", Comparison.AT_LEAST, stops=(10.0, 50.5)),
            ("not known", "under 10", "10 to under 50.5", "50.5 and more"),
        ),
        (Scale("size", Comparison.AT_LEAST), ("not known", "any value")),
        (Scale("asked", Comparison.IS_TRUE), ("not known", "no", "yes")),
        (
            Scale("role", Comparison.ONE_OF, values=(("boss",), ("clerk",))),
            ("not known", "other values", "boss", "clerk"),
        ),
    ],
    ids=["number", "one number only", "flag", "text"],
)
def test_a_segment_is_named_as_people_say_it(scale, names):
    """By its level on the attribute's scale."""
    assert tuple(segments.segment_name(scale, level) for level in range(len(names))) == names


def test_a_number_falls_into_few_bands(given):
    """Forty sizes are five segments."""
    rows = "\n".join(f"l{size} 2026-05-01 {size}" for size in range(1, 101))
    snapshot = given(leads=f"lead_id created_at size\n{rows}", as_of=AS_OF)

    assert len(segments.segment_scale(snapshot, "size").stops) == MOST_BANDS - 1
