"""Who counts as an MQL: recorded by the CRM, or judged by a definition."""

from datetime import date, datetime

import pytest

from alignment import report
from alignment.domain.agreement import Draft, Edit, Person, Side, Terms, Version
from alignment.domain.cohort import Cohort
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError

LATER = "2027-01-01 00:00:00"
Q2, Q3 = Period(date(2026, 4, 1), date(2026, 7, 1)), Period(date(2026, 7, 1), date(2026, 10, 1))
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
LEVELS = (Level("raw", 0), Level("hot", 50, enters_hand_off=True))
BY_ASKED = Definition((Criterion("a", "asked", Comparison.IS_TRUE, None, 50),), LEVELS)
BY_SIZE = Definition((Criterion("s", "size", Comparison.AT_LEAST, 100, 50),), LEVELS)
NOTHING = Version(1, Definition(), Terms("none"))
ASKED = Version(2, BY_ASKED, Terms("asked", date(2026, 1, 1)))
LARGE = Version(3, BY_SIZE, Terms("large", date(2026, 8, 1)))
VERSIONS = (NOTHING, ASKED, LARGE)
RECORDED = """
    lead_id  created_at  mql_at      sql_at      asked  size
    ada      2026-05-01  2026-05-02  2026-05-20  true   50
    bob      2026-05-01  2026-05-02  -           false  500
    eve      2026-07-01  2026-08-02  2026-08-20  true   50
    joe      2026-08-01  -           2026-08-30  false  500
"""
"""On its day ada met version 2, bob didn't; on theirs eve didn't meet version 3, joe did."""
UNRECORDED = """
    lead_id  created_at  sql_at      asked  size
    ada      2026-05-01  2026-05-20  true   50
    bob      2026-08-01  -           true   500
"""


def entered(snapshot, judged, period=None):
    """How many leads became MQL."""
    found = report.conversion(
        snapshot, Stage.MQL, Stage.SQL, Cohort(period=period, judged=judged), window=None
    )
    return found.rows[0].entered


def test_as_was_judges_each_lead_by_the_version_of_its_own_day(given):
    """The day of mql_at where it is recorded, else that of creation."""
    snapshot = given(leads=RECORDED, as_of=LATER)

    assert entered(snapshot, Judged.as_was(VERSIONS), Q2) == 1
    assert entered(snapshot, Judged.as_was(VERSIONS), Q3) == 1


def test_as_if_judges_all_leads_by_one_version(given):
    """Also those of before it was in force."""
    snapshot = given(leads=RECORDED, as_of=LATER)

    assert [entered(snapshot, Judged.as_if(version)) for version in (ASKED, LARGE)] == [2, 2]


def test_recorded_is_what_counts_as_long_as_nobody_chooses(given):
    """The CRM's own word."""
    assert entered(given(leads=RECORDED, as_of=LATER), Cohort().judged) == 3


def test_a_date_recorded_for_later_judges_nobody_earlier(given):
    """What is dated after the as-of has not been: the day of creation counts."""
    snapshot = given(
        leads="lead_id created_at mql_at sql_at asked\nada 2026-05-01 2026-12-01 - true",
        as_of="2026-09-01 00:00:00",
    )

    assert entered(snapshot, Judged.as_if(ASKED), Q2) == 1


def test_days_of_versions_are_those_of_the_business_zone(given):
    """23:30 UTC on 31 July is 1 August in Berlin, when version 3 holds."""
    snapshot = given(
        leads="""
        lead_id  created_at           sql_at  asked  size
        ada      2026-07-31T23:30:00  -       true   50
        bob      2026-07-31T20:30:00  -       true   50
        """,
        as_of=LATER,
        time_zone="Europe/Berlin",
    )

    assert entered(snapshot, Judged.as_was(VERSIONS)) == 1


def test_a_later_stage_implies_mql_and_the_passport_says_by_what_it_was_not_handed_off(given):
    """Eve got further without meeting version 3: she is in the bar, counted apart."""
    snapshot = given(leads=RECORDED, as_of=LATER)
    path = report.conversion_path(snapshot, Cohort(judged=Judged.as_if(LARGE)), window=None)

    assert (path.steps[1].count, path.steps[1].implied) == (4, 2)
    assert (
        "counted in MQL because a later stage implies it, though not handed off by version 3",
        2,
    ) in path.passport.left_out


def test_the_passport_of_what_counts_mqls_says_what_makes_one(given):
    """Of a figure without MQLs it says nothing."""
    snapshot, cohort = given(leads=RECORDED, as_of=LATER), Cohort(judged=Judged.as_if(LARGE))

    with_mqls = report.conversion(snapshot, Stage.MQL, Stage.SQL, cohort).passport.formula
    without = report.conversion(snapshot, Stage.LEAD, Stage.SQL, cohort).passport.formula

    assert "A lead counts as MQL when version 3 hands it off" in with_mqls
    assert "MQL" not in without


def test_the_usual_window_stays_that_of_the_recorded_mqls(given):
    """Judged otherwise, a lead still gets the same time."""
    snapshot = given(leads=RECORDED, as_of=LATER)

    windows = {
        report.usual_window(snapshot, Stage.MQL, Stage.SQL, judged=judged)
        for judged in (AS_RECORDED, Judged.as_if(LARGE), Judged.as_was(VERSIONS))
    }

    assert len(windows) == 1


def test_where_the_crm_recorded_mqls_they_come_first(given):
    """Then as was, then each version with criteria, the newest first."""
    offered = report.judgements(given(leads=RECORDED, as_of=LATER), VERSIONS)

    assert [judged.token for judged in offered] == ["recorded", "as-was", "3", "2"]


def test_where_it_recorded_none_the_version_in_force_comes_first(given):
    """And recorded is no choice."""
    offered = report.judgements(given(leads=UNRECORDED, as_of=LATER), VERSIONS)

    assert [judged.token for judged in offered] == ["as-was", "3", "2"]


def test_without_days_the_newest_version_comes_first(given):
    """Which one was in force can't be told."""
    offered = report.judgements(given(leads="lead_id is_converted asked size\nada true true 5"), VERSIONS)

    assert [judged.token for judged in offered] == ["3", "2"]


def test_a_changed_draft_can_judge_too(given):
    """As it stands, by its edits."""
    who = Person("Ada", Side.MARKETING)
    edit = Edit(1, datetime(2026, 9, 1), who, "criteria.s.threshold", 100, 400)
    offered = report.judgements(given(leads=RECORDED, as_of=LATER), VERSIONS, Draft(LARGE, (edit,)))

    assert str(offered[-1]) == "by the draft"


def test_without_criteria_and_records_the_column_is_named(given):
    """Nothing is counted as nought."""
    snapshot = given(leads=UNRECORDED, as_of=LATER)
    (judged,) = report.judgements(snapshot, (NOTHING,))

    with pytest.raises(MissingColumnError, match=r"leads\.mql_at"):
        entered(snapshot, judged)


def test_a_version_whose_columns_are_gone_judges_nobody(given):
    """It is no choice, and asked for all the same it names the column."""
    snapshot = given(leads="lead_id created_at mql_at sql_at asked\nada 2026-05-01 - - true", as_of=LATER)

    assert [judged.token for judged in report.judgements(snapshot, VERSIONS)] == ["recorded", "2"]
    with pytest.raises(MissingColumnError, match=r"leads\.size"):
        entered(snapshot, Judged.as_if(LARGE))


def test_a_criterion_whose_column_is_gone_is_told(given):
    """No lead can meet it, and the passport says so."""
    both = Version(4, Definition((*BY_ASKED.criteria, *BY_SIZE.criteria), LEVELS), Terms("both"))
    snapshot = given(leads="lead_id created_at mql_at sql_at asked\nada 2026-05-01 - - true", as_of=LATER)
    cohort = Cohort(judged=Judged.as_if(both))

    found = report.conversion(snapshot, Stage.MQL, Stage.SQL, cohort, window=None)

    assert found.rows[0].entered == 1
    assert "No lead can meet what is asked of size" in found.passport.formula


def test_leads_without_any_date_are_judged_by_one_version(given):
    """When they became MQL is not known: they are in no window, but in what was reached ever."""
    snapshot = given(leads="lead_id is_converted asked\nada true true\nbob false true\neve true false")
    cohort = Cohort(judged=Judged.as_if(ASKED))

    row = report.conversion(snapshot, Stage.MQL, Stage.OPPORTUNITY, cohort, window=None).rows[0]

    assert row.rate == Rate(1, 2)


def test_without_dates_nobody_is_judged_as_was(given):
    """Which version was in force can't be told: the column is named."""
    snapshot = given(leads="lead_id is_converted asked size\nada true true 5")

    with pytest.raises(MissingColumnError, match=r"leads\.created_at"):
        entered(snapshot, Judged.as_was(VERSIONS))


def test_a_bridge_tells_demand_from_definition_from_data(given):
    """By version 2 only ada would be an MQL; version 3 brought zoe; mia was recorded all the same."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      asked  size
        ada      2026-05-01  2026-05-02  true   50
        zoe      2026-08-05  2026-08-06  false  500
        mia      2026-08-05  2026-08-06  false  50
        """,
        as_of=LATER,
    )
    found = report.bridge(snapshot, Q2, Q3, Judged.as_was(VERSIONS))

    assert found.parts == (("demand", -1), ("definition", 1), ("data", 1))
    assert (found.change, found.former, found.changed_to) == (1, "version 2", ("version 3",))


def test_a_change_inside_the_first_period_is_the_definitions_part_too(given):
    """Ada is an MQL by version 2 of July, by version 3 of August she would be none: the part is hers."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      asked  size
        ada      2026-07-05  2026-07-06  true   50
        zoe      2026-10-05  2026-10-06  true   500
        """,
        as_of=LATER,
    )
    found = report.bridge(snapshot, Q3, Q4, Judged.as_was(VERSIONS))

    assert found.parts == (("demand", 1), ("definition", -1), ("data", 0))
    assert (found.former, found.changed_to) == ("version 3", ("version 2",))


def test_a_bridge_looks_at_the_chosen_sources_alone(given):
    """None stands for leads without one."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      asked  source
        ada      2026-05-01  2026-05-02  true   web
        bob      2026-07-01  2026-07-02  true   -
        """,
        as_of=LATER,
    )
    found = report.bridge(snapshot, Q2, Q3, Judged.as_was((ASKED,)), sources=(None,))

    assert (found.before.recorded, found.now.recorded) == (0, 1)


def test_without_recorded_mqls_a_bridge_has_no_part_of_the_data(given):
    """Both ends are what the versions in force judge, and the passport says so."""
    found = report.bridge(given(leads=UNRECORDED, as_of=LATER), Q2, Q3, Judged.as_was(VERSIONS))

    assert (found.before.recorded, found.now.recorded) == (1, 1)
    assert (found.data, found.has_records) == (0, False)
    assert "records no MQLs, so data is 0" in found.passport.formula


def test_a_bridge_without_a_definition_is_refused():
    """It could not tell demand from definition."""
    with pytest.raises(Refusal, match="needs a definition"):
        report.bridge(None, Q2, Q3, AS_RECORDED)
