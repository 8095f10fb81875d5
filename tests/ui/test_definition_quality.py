"""Rules of what the panel says on how good a definition is, and of what it must not say."""

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale
from streamlit.testing.v1 import AppTest

from alignment import agreement, whatif
from alignment.domain.agreement import Draft, Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.kappa import Kappa
from alignment.domain.rate import Rate
from alignment.store.warehouse import Warehouse
from alignment.ui import definition_quality, definition_quality_words, session
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader
from alignment.ui.words import Words
from alignment.whatif.quality import quality
from alignment.whatif.unknown_zone import UnknownZone
from tests import drawn

SAY = Words(Locale("en"))
BIG = Definition(
    (Criterion("size", "size", Comparison.AT_LEAST, 10, 50),),
    (Level("raw", 0), Level("hot", 50, enters_hand_off=True)),
)
HEADER = "lead_id created_at first_touch_at sal_at rejected_at sql_at size"


def lead(name, size, *, sql="-", touched="2026-05-05", rejected="-"):
    """A line of the table of leads."""
    return f"{name} 2026-05-04 {touched} - {rejected} {sql} {size}"


LEADS = [
    *(lead(f"won{n}", 20, sql="2026-05-09") for n in range(6)),
    *(lead(f"lost{n}", 20, rejected="2026-05-09") for n in range(14)),
    *(lead(f"missed{n}", 5, sql="2026-05-09") for n in range(4)),
    *(lead(f"low{n}", 5, rejected="2026-05-09") for n in range(6)),
    *(lead(f"nobody{n}", 5, touched="-") for n in range(9)),
]


@pytest.fixture
def view(tmp_path):
    """Return the page's view of a definition on leads, with the facts of the load."""

    def opened(definition=BIG, leads=LEADS, header=HEADER, **facts):
        tables = {"leads": "\n".join([header, *leads])}
        snapshot = drawn.warehouse(tmp_path / "q.duckdb", tables, {"as_of": "2026-07-31", **facts})
        draft = Draft(Version(1, definition, Terms("start", date(2026, 1, 1))), ())
        impact = whatif.impact(snapshot, definition, definition)
        return DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, definition), Reader())

    return opened


def drafts(view):
    """Return the quality that the panel shows."""
    return quality(view.snapshot, view.base, view.definition)


def test_what_we_gain_and_miss_is_said_as_people_count(view):
    """Six of twenty, and four of ten."""
    found = drafts(view()).draft

    assert definition_quality_words.gained(found, SAY, is_time_honest=True) == (
        f"Of 100 leads we hand over, 30 become SQLs within {found.window_days} days."
    )
    said = definition_quality_words.missed(found)
    assert said == "We would miss 4 in 10 of the worked leads that became SQLs."


@pytest.mark.parametrize("facts", [{}, {"attributes_as_of": "today"}, {"attributes_as_of": "nonsense"}])
def test_where_attributes_are_those_of_today_nothing_is_called_precision_or_recall(view, facts):
    """A table that knows what came later flatters: the panel says so, and uses neither word."""
    seen = view(**facts)
    found = drafts(seen)

    shown = [
        definition_quality._head(seen, found),
        definition_quality._measures(seen, found),
        definition_quality._unknown(seen, found.draft, found.draft.unknown),
        definition_quality._passport(seen, found.draft).formula,
    ]

    assert not any(word in text.lower() for text in shown for word in ("precision", "recall"))
    assert "as recorded today" in shown[0]


def test_with_attributes_of_hand_off_the_usual_names_stand(view):
    """They are deserved then, and the badge says why."""
    seen = view(attributes_as_of="hand_off")

    head = definition_quality._head(seen, drafts(seen))
    measures = definition_quality._measures(seen, drafts(seen))

    assert "as they stood at hand-off" in head
    assert "accord-flatters" not in head
    assert "Precision" in measures
    assert "Recall" in measures


def test_what_nobody_worked_is_said_hatched_and_bounded(view):
    """Nine leads below were never called: six of ten to six of nineteen."""
    seen = view(attributes_as_of="hand_off")
    found = drafts(seen).draft

    shown = definition_quality._unknown(seen, found, found.unknown)

    assert "9 leads below the cutoff and 0 hand-offs were never worked" in shown
    assert "So recall lies between 32% and 60%." in shown
    assert "accord-hatched" in shown


def test_a_scout_sample_is_named_with_its_counts():
    """Who reads narrower bounds wants to know why."""
    zone = UnknownZone(0, 900, 60, 10, 200, scout=Rate(4, 80))

    assert "4 of 80" in definition_quality_words.bounds(zone, SAY, is_time_honest=True)


def test_few_leads_have_counts_and_no_percentage(view):
    """Of three nobody can tell."""
    seen = view(leads=[lead(f"l{n}", 20, sql="2026-05-09") for n in range(3)], attributes_as_of="hand_off")
    found = drafts(seen)

    assert "Too few hand-offs" in definition_quality._head(seen, found)
    assert "n too small (3 of 3)" in definition_quality._measures(seen, found)


def test_bands_without_enough_leads_have_no_bar(view):
    """A bar of one lead would shout."""
    seen = view(leads=[*LEADS, lead("odd", "-")], attributes_as_of="hand_off")
    found = drafts(seen).draft

    (low,) = [band for band in found.bands if band.low == 0]

    assert "accord-whisker" in definition_quality._band(seen, low, 1.0)
    few = replace(low, rate=Rate(1, 4))
    assert "accord-whisker" not in definition_quality._band(seen, few, 1.0)


@pytest.mark.parametrize(
    ("kappa", "said"),
    [
        (Kappa(20, 5, 10, 15), "agree moderately (κ 0.40, 0.15 to 0.65)"),
        (Kappa(1, 1, 1, 1), "too few to compare"),
        (Kappa(9, 0, 0, 0), "all of them are on one side"),
    ],
    ids=["enough", "few", "one side only"],
)
def test_agreement_is_said_in_words_with_its_range(kappa, said):
    """And how many are undecided, always."""
    sentence = definition_quality_words.agreement(kappa, 7, SAY)

    assert said in sentence
    assert sentence.endswith("7 leads are undecided.")


def test_without_rejections_agreement_with_sales_is_not_known(view):
    """A column that is missing is no agreement."""
    seen = view(
        leads=["ada 2026-05-04 2026-05-05 2026-05-09 20"],
        header="lead_id created_at first_touch_at sql_at size",
    )

    assert "leads.rejected_at" in definition_quality._agreement(seen, drafts(seen).draft)


def test_a_share_that_is_no_whole_tenth_is_said_to_be_about_one(view):
    """8 of 100 are not 1 in 10."""
    found = replace(drafts(view()).draft, recall=Rate(92, 100))

    assert definition_quality_words.missed(found).startswith("We would miss about 1 in 10 of")


def test_a_definition_that_nobody_meets_is_said_and_breaks_nothing(view):
    """Everything known is missed then."""
    seen = view(BIG.with_threshold("size", 999), attributes_as_of="hand_off")
    found = drafts(seen)

    assert "Too few hand-offs" in definition_quality._head(seen, found)
    assert definition_quality_words.missed(found.draft).startswith("We would miss 10 in 10")
    assert definition_quality_words.margin(found.draft, SAY).startswith("No lead just at the cutoff")


def _show(view):
    from alignment.ui import definition_quality  # noqa: PLC0415 - runs as a script of its own

    definition_quality.show(view)


@pytest.mark.parametrize(
    ("leads", "header", "said"),
    [
        (["ada 2026-05-04 20"], "lead_id created_at size", "leads.sql_at"),
        ([], HEADER, "No lead is old enough yet"),
        (["ada 2026-07-30 - - - - 20", lead("bob", 20, sql="2026-05-09")], HEADER, None),
    ],
    ids=["no outcome", "no lead", "a lead"],
)
def test_the_panel_draws_whatever_the_data_lacks(view, leads, header, said, tmp_path, monkeypatch):
    """What is missing is named; nothing breaks."""
    seen = view(leads=leads, header=header)
    opened = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", Warehouse(tmp_path / "q.duckdb"))
    monkeypatch.setattr(session, "agreement", lambda: opened)
    page = AppTest.from_function(_show, args=(seen,), default_timeout=30)
    page.session_state[session.PERSON] = Person("Ada", Side.MARKETING)

    page.run()

    assert not page.exception
    assert (said in page.info[0].value) if said else not page.info


def test_where_nothing_tells_of_outcomes_no_lead_is_judged(view):
    """No stage, no deal: no figure, and no failure either."""
    found = drafts(view(leads=["ada 2026-05-04 20"], header="lead_id created_at size")).draft

    assert (found.outcome, found.precision, found.unknown) == (None, Rate(0, 0), None)
