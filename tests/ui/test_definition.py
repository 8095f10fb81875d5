"""Rules of what the definition page says and offers, below the widgets."""

from dataclasses import replace
from datetime import date, datetime
from itertools import combinations, pairwise

import pytest

from alignment import whatif
from alignment.domain.agreement import Draft, Edit, Person, Side, Signature, Terms, Version
from alignment.domain.definition import MOST_LEVELS, Comparison, Criterion, Definition, Level
from alignment.domain.definition_plain import from_plain, to_plain
from alignment.domain.definition_steps import steps
from alignment.ui import (
    definition_agree,
    definition_criteria,
    definition_head,
    definition_impact,
    definition_levels,
    definition_passports,
    definition_rail,
    level_names,
)
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader

ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
NOON = datetime(2026, 7, 1, 12)
SIZE = Criterion("size", "size", Comparison.AT_LEAST, 10, 50)
LEVELS = (Level("raw", 0), Level("warm", 35), Level("hot", 50, enters_hand_off=True, capacity=1))
IN_FORCE = Definition(criteria=(SIZE,), levels=LEVELS)
CAPACITY = "levels.2.capacity"
LEADS = """
    lead_id  created_at  sal_at      rejected_at  sql_at      size
    ada      2026-05-04  2026-05-05  -            2026-05-10  50
    bob      2026-05-05  2026-05-06  -            2026-05-12  40
    cem      2026-05-06  2026-05-07  -            2026-05-13  30
    dot      2026-05-07  -           2026-05-08   -           20
    eve      2026-05-08  -           2026-05-09   -           10
    fay      2026-05-08  -           -            -           60
    gus      2026-05-09  -           2026-05-12   -           5
"""


@pytest.fixture
def looking(given):
    """Return the page's view after some edits: `looking((ADA, field, value), …)`."""
    snapshot = given(leads=LEADS, as_of="2026-07-01T12:00:00")

    def view(*edits, base=IN_FORCE):
        made = tuple(
            Edit(number, NOON, who, field, None, value) for number, (who, field, value) in enumerate(edits, 1)
        )
        draft = Draft(Version(1, base, Terms("start", date(2026, 1, 1))), made)
        impact = whatif.impact(snapshot, base, draft.definition)
        return DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, draft.definition), Reader())

    return view


def _view(snapshot, definition):
    """Return the page's view of a definition that nobody edits."""
    draft = Draft(Version(1, definition, Terms("start", date(2026, 1, 1))), ())
    impact = whatif.impact(snapshot, definition, definition)
    return DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, definition), Reader())


def test_a_changed_figure_shows_in_force_draft_and_the_difference_in_words(looking):
    """A bare new number would not tell whether it is more or less."""
    view = looking((ADA, "criteria.size.threshold", 40))

    figure = definition_impact._hand_offs(view)

    before, after = view.impact.in_force.hand_offs_a_week, view.impact.draft.hand_offs_a_week
    say = view.reader.words
    assert f"{say.decimal(before)} →" in figure
    assert f"<b>{say.decimal(after)}</b>" in figure
    assert "fewer a week" in figure


def test_an_unchanged_draft_shows_each_figure_once(looking):
    """An arrow to the same number is noise."""
    assert "→</span>" not in definition_impact._hand_offs(looking())


def test_a_rate_of_few_is_not_said_as_a_percentage(looking):
    """Under five hand-offs nobody can tell."""
    figure = definition_impact._conversion(looking((ADA, "criteria.size.threshold", 40)))

    assert "<b>n too small</b>" in figure
    assert "too few to compare" in figure


def test_hand_offs_that_nobody_worked_are_said_apart_and_not_in_the_rate(looking):
    """Fay was never worked: neither a success nor a failure."""
    view = looking()

    assert view.impact.draft.hand_offs.conversion.denominator == 5
    assert "1 of the 6 hand-offs were never worked: unknown, not failures" in definition_impact._unknown(view)


@pytest.mark.parametrize(
    ("columns", "threshold", "words"),
    [
        ("created_at", 10, "What came of the hand-offs is not known: needs column leads.sql_at"),
        ("created_at sql_at", 10, "Which hand-offs were worked is not known, so all of them count"),
        ("created_at sql_at sal_at", 10, "Every hand-off was worked and is old enough to judge."),
        ("created_at sql_at sal_at", 99, "No lead is handed off"),
    ],
    ids=["no outcome", "nothing tells of work", "all worked", "nobody meets"],
)
def test_what_is_not_known_of_the_hand_offs_is_said_as_it_is(given, columns, threshold, words):
    """“Never worked” would blame sales for a column that is missing."""
    row = " ".join(["2026-05-04"] * len(columns.split()))
    snapshot = given(leads=f"lead_id {columns} size\nada {row} 50", as_of="2026-07-01")
    view = _view(snapshot, IN_FORCE.with_threshold("size", threshold))

    assert definition_impact._unknown(view).startswith(words)
    is_told = "sal_at" in columns
    assert definition_impact.prediction(view.impact)["unknown"] == (0 if is_told else None)


@pytest.mark.parametrize(
    ("deal", "words"),
    [
        ("", "Not available: needs column deals.is_won"),
        ("is_won\none ada 2026-05-05 true", "Not available: needs column deals.amount. 1 of these leads won"),
        ("is_won amount currency\none ada 2026-05-05 true 9 USD", "Not available: no won deal has both"),
        ("is_won amount\none ada 2026-05-05 true 9", "1 of these leads won by now"),
    ],
    ids=["no deals", "no amounts", "no exchange rate", "an amount"],
)
def test_won_revenue_says_what_it_lacks(given, deal, words):
    """A zero would look like a result."""
    tables = {"deals": f"deal_id lead_id created_at {deal}"} if deal else {}
    view = _view(given(leads=LEADS, as_of="2026-07-01", **tables), IN_FORCE)

    figure = definition_impact._won(view)

    assert f'<span class="accord-beside">{words}' in figure
    assert ("€0" in figure, "€9" in figure) == (False, "won by now<" in figure)
    assert "Money(" not in definition_passports._won(view.impact.draft).numerator


def test_the_basis_says_what_was_left_out_and_that_the_data_is_short(given):
    """Three days of leads are no usual week."""
    leads = "lead_id created_at size\nada 2026-06-29 50\nbob - 50"

    said = definition_impact.basis(_view(given(leads=leads, as_of="2026-07-01"), IN_FORCE))

    assert "2 days: under four weeks" in said
    assert "Left out: 1 without created_at." in said


def test_the_prediction_on_record_is_the_drafts_and_says_on_which_leads(looking):
    """What was promised can be held against what came."""
    view = looking((ADA, "criteria.size.threshold", 30))
    figures = view.impact.draft

    expected = definition_impact.prediction(view.impact)

    assert (expected["converted"], expected["judged"]) == (3, 3)
    assert expected["hand_offs_a_week"] == round(figures.hand_offs_a_week, 2)
    assert expected["counted_from"] == figures.period.start.isoformat()
    assert (expected["hand_offs_low"], expected["hand_offs_high"]) == (None, None)


def test_marks_stand_where_the_slider_stops():
    """Stops lie evenly on a slider, whatever their distance in numbers."""
    place = definition_rail.halts((1.0, 10.0, 1000.0))

    assert [place(1), place(10), place(1000)] == [0, 50, 100]
    assert definition_rail.even(-50, 50)(0) == 50


def test_each_sides_mark_is_the_last_value_that_this_side_set(looking):
    """Bo's move leaves Ada's mark where she put it."""
    points = "criteria.size.points"
    view = looking((ADA, points, 20), (BO, points, 30))

    assert definition_rail.words(view, points) == "❘ in force 50 · ● marketing 20 · ■ sales 30"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("criteria.size.points", 40), ["points of size 50 → 40"]),
        (("criteria.size", None), ["removed: +50 when size is at least 10"]),
        (("levels.2.cutoff", 70), ["cutoff of hot 50 → 70"]),
        (("levels.2.capacity", None), ["capacity of hot 1 → none"]),
    ],
    ids=["points", "a criterion", "a cutoff", "the capacity"],
)
def test_each_change_against_what_is_in_force_is_said(looking, edit, words):
    """People see what they would sign, change by change."""
    view = looking((ADA, *edit))

    said = [definition_head.change_words(view, step) for step in steps(view.definition, view.base)]

    assert said == words


def test_a_criterion_taken_out_and_put_back_is_no_change(looking):
    """Its place in the list moves, and no score depends on that."""
    other = Criterion("other", "size", Comparison.AT_MOST, 5, 1)
    base = replace(IN_FORCE, criteria=(SIZE, other))
    plain = {"attribute": "size", "comparison": "at_least", "threshold": 10, "points": 50}

    view = looking((ADA, "criteria.size", None), (ADA, "criteria.size", plain), base=base)

    assert not view.is_changed


def test_a_new_level_lies_in_the_middle_of_the_widest_and_takes_no_name_twice():
    """It can be moved and renamed; until then it disturbs nothing."""
    definition = IN_FORCE
    while len(definition.levels) < MOST_LEVELS:
        definition = definition_levels.with_another_level(definition)

    assert len({level.name for level in definition.levels}) == MOST_LEVELS
    assert definition_levels.with_another_level(IN_FORCE).levels[-1].cutoff == 75


@pytest.mark.parametrize(
    ("cutoffs", "places"),
    [
        ((30, 60), ["over", "over"]),
        ((35, 45), ["before", "after"]),
        ((35, 40, 45), ["before", "", "after"]),
        ((5, 50), ["after", "over"]),
        ((50, 97), ["over", "before"]),
        ((2, 5), ["", "after"]),
        ((93, 98), ["before", ""]),
    ],
)
def test_names_of_levels_that_would_run_into_one_another_move_apart(cutoffs, places):
    """The eye still finds the line that a name belongs to; the sliders below name them all."""
    levels = [Level("warm", cutoff) for cutoff in cutoffs]

    assert [place for _, place in level_names.places(levels)] == places


def test_no_two_names_of_levels_share_a_place_nor_leave_the_scale():
    """Whatever three cutoffs are: where each name begins and ends, in points of the scale."""
    reach = {"before": (1, 0), "after": (0, 1), "over": (0.5, 0.5)}
    for cutoffs in combinations(range(1, 101, 3), 3):
        levels = [Level("warm", cutoff) for cutoff in cutoffs]
        ends = [
            (level.cutoff - before * width, level.cutoff + after * width)
            for level, place in level_names.places(levels)
            if place
            for before, after in [reach[place]]
            for width in [len(f"warm {level.cutoff}") * level_names.LETTER]
        ]
        assert all(one[1] <= other[0] for one, other in pairwise(ends)), cutoffs
        assert all(start >= 0 and end <= 100 for start, end in ends), cutoffs


def test_names_from_people_never_become_markup(looking):
    """A level called <b> is a name."""
    view = looking((ADA, "levels.2.name", "<img src=x>"))

    assert "<img" not in definition_levels._table(view) + definition_levels._histogram(view)


def test_a_voided_signature_says_whose_edit_voided_it():
    """Nobody wonders where a signature went."""
    edits = (Edit(1, NOON, ADA, CAPACITY, 1, 2), Edit(2, NOON, BO, CAPACITY, 2, 3))
    draft = Draft(Version(1, IN_FORCE, Terms("start")), edits, (Signature(ADA, NOON, 1),))

    assert definition_agree._voided(draft, Side.MARKETING) == (Signature(ADA, NOON, 1), edits[1])
    assert definition_agree._voided(draft, Side.SALES) is None


@pytest.mark.parametrize(("since", "word"), [(date(2026, 1, 1), "in force"), (date(2999, 1, 1), "agreed")])
def test_what_is_agreed_for_a_day_to_come_is_not_said_to_be_in_force(looking, since, word):
    """Until then another version hands leads off."""
    view = looking((ADA, "criteria.size.points", 40))
    view = replace(view, draft=replace(view.draft, base=replace(view.draft.base, terms=Terms("", since))))

    words = [mark["words"] for mark in definition_rail.marks(view, "criteria.size.points", float)]

    assert f"{word} 50" in words
    assert word in definition_criteria._line(view, SIZE)


def test_a_slider_keeps_its_mark_in_force_when_a_level_is_put_in_below(looking):
    """Hot is the fourth level then, still from 50 in force; the third is new and has nothing in force."""
    cool = {"name": "cool", "cutoff": 40}
    raw, warm, hot = to_plain(IN_FORCE)["levels"]

    view = looking((ADA, "levels", [raw, warm, cool, hot]))

    assert definition_rail.values(view, "levels.3.cutoff") == (50,)
    assert definition_rail.values(view, "levels.2.cutoff") == ()


def test_the_levels_of_the_draft_stand_beside_those_in_force(looking):
    """A level that is new says so; a renamed one keeps its figure, as its slider and its name do."""
    levels = [
        {"name": "raw", "cutoff": 0},
        {"name": "cool", "cutoff": 35},
        {"name": "hot", "cutoff": 50, "enters_hand_off": True},
        {"name": "best", "cutoff": 90, "enters_hand_off": True},
    ]

    table = definition_levels._table(looking((ADA, "levels", levels)))

    assert table.count("new →") == 1
    assert table.index("best") < table.index("new →") < table.index("hot")
    assert from_plain({"levels": levels}).levels[2] == Level("hot", 50, enters_hand_off=True)
