"""MQLs as recorded, as was, as if, and the bridge between two periods: the same rules lead by lead."""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from alignment import report
from alignment.domain.agreement import Terms, Version
from alignment.domain.cohort import Cohort
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.judged import AS_RECORDED, AS_WAS, Judged
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from tests.test_whatif_property import companies, definitions, opened
from tests.whatif_plain import Company, Lead

WITH_ALL_VALUES = Lead(
    "anchor",
    datetime(2026, 1, 5, 12),
    {"size": 5.0, "days": 1.0, "title": "boss", "asked": True},
    mql_at=datetime(2026, 1, 6, 12),
)
"""So that every column of the drawn table has its type."""
ASKED = Definition(
    (Criterion("asked", "asked", Comparison.IS_TRUE, None, 50),),
    (Level("raw", 0), Level("hot", 50, enters_hand_off=True)),
)
DAYS = some.dates(date(2026, 2, 1), date(2026, 7, 15))


@some.composite
def histories(draw):
    """One to four versions, each with a day, not always in order; some without criteria, never all."""
    drawn = draw(some.lists(some.tuples(definitions(), DAYS), min_size=1, max_size=3))
    drawn.insert(draw(some.integers(0, len(drawn))), (ASKED, draw(DAYS)))
    return tuple(
        Version(number, definition, Terms("why", day))
        for number, (definition, day) in enumerate(drawn, start=1)
    )


@some.composite
def periods(draw):
    """Some days of the company's half year."""
    start = draw(DAYS)
    return Period(start, start + timedelta(days=draw(some.integers(1, 70))))


@dataclass(frozen=True)
class Plainly:
    """The rules as they read, for one company."""

    company: Company
    versions: tuple[Version, ...]

    def in_force(self, day):
        """The newest version whose day has come; before that the first one with criteria."""
        first = next(version for version in self.versions if version.definition.criteria)
        come = [version for version in self.versions if version.terms.effective_on <= day]
        return max((first, *come), key=lambda version: version.number)

    def recorded_day(self, lead):
        """The day on which the CRM made the lead an MQL, None if it never did."""
        return self.company.day(lead.mql_at) if self.company.has_been(lead.mql_at) else None

    def judged_day(self, lead):
        """The day on which the lead is judged."""
        return self.recorded_day(lead) or self.company.day(lead.created_at)

    def mql_day(self, lead, judged):
        """The day on which the lead became MQL, None if it is none."""
        if judged.is_recorded:
            return self.recorded_day(lead)
        day = self.judged_day(lead)
        by = self.in_force(day) if judged.token == AS_WAS else self.versions[int(judged.token) - 1]
        return day if by.definition.qualifies(lead.attributes) else None

    def mqls(self, period, judged):
        """The leads that became MQL in the period, each with its day."""
        days = [(lead, self.mql_day(lead, judged)) for lead in self.leads]
        return [(lead, day) for lead, day in days if day and period.contains(day)]

    @property
    def leads(self):
        """The leads that have been."""
        return [lead for lead in self.company.leads if self.company.has_been(lead.created_at)]

    def days_beyond(self, lead):
        """The days of all stages after MQL."""
        company = self.company
        accepted = [lead.sql_at] if company.has_been(lead.sql_at) else []
        opened_at = [deal.created_at for deal in company.deals_of(lead)]
        won = [deal.closed_at for deal in company.won_deals_of(lead) if deal.closed_at]
        return [company.day(instant) for instant in (*accepted, *opened_at, *won)]

    def converted(self, lead, day, window):
        """Whether the MQL of that day got further within the window."""
        return any(0 <= (later - day).days <= window for later in self.days_beyond(lead))


def judgements(versions):
    """Every way to judge."""
    return (AS_RECORDED, Judged.as_was(versions), *map(Judged.as_if, versions))


def with_anchor(company):
    """The company with a lead that has all values, without deals of days to come."""
    deals = tuple(deal for deal in company.deals if company.has_been(deal.created_at))
    return Company((*company.leads, WITH_ALL_VALUES), deals, company.as_of, company.zone)


@settings(max_examples=12)
@given(companies(), histories(), periods(), some.integers(0, 40), some.data())
def test_mqls_and_their_conversion_are_those_of_the_rule_lead_by_lead(drawn, versions, period, window, more):
    """Recorded, by the version in force that day, by any one version."""
    company = with_anchor(drawn)
    plain, today = Plainly(company, versions), company.day(company.as_of)
    judged = more.draw(some.sampled_from(judgements(versions)))
    with tempfile.TemporaryDirectory() as folder:
        cohort = Cohort(Stage.MQL, period, judged=judged)
        (row,) = report.conversion(opened(company, folder), Stage.MQL, Stage.SQL, cohort, window=window).rows

    mqls = plain.mqls(period, judged)
    mature = [(lead, day) for lead, day in mqls if (today - day).days >= window]
    converted = sum(plain.converted(lead, day, window) for lead, day in mature)
    assert row.entered == len(mqls)
    assert row.rate == Rate(converted, len(mature))


@settings(max_examples=8)
@given(companies(), histories(), periods(), some.data())
def test_who_got_further_without_being_judged_an_mql_is_implied_and_counted(drawn, versions, period, more):
    """Of the leads created in the period: MQLs, and those that a later stage implies, apart."""
    company = with_anchor(drawn)
    plain = Plainly(company, versions)
    judged = more.draw(some.sampled_from(judgements(versions)))
    with tempfile.TemporaryDirectory() as folder:
        cohort = Cohort(period=period, judged=judged)
        _, mql, *_ = report.conversion_path(opened(company, folder), cohort, window=None).steps

    leads = [lead for lead in plain.leads if period.contains(company.day(lead.created_at))]
    own, beyond = (
        {lead.lead_id for lead in leads if tell(lead)}
        for tell in (lambda lead: plain.mql_day(lead, judged), plain.days_beyond)
    )
    assert (mql.count, mql.implied) == (len(own | beyond), len(beyond - own))


@settings(max_examples=12)
@given(companies(), histories(), periods(), periods())
def test_a_bridge_sums_exactly_and_each_part_is_that_of_the_rule(drawn, versions, before, now):
    """Whatever the versions' days, inside a period or between the two."""
    company = with_anchor(drawn)
    plain, as_was = Plainly(company, versions), Judged.as_was(versions)
    with tempfile.TemporaryDirectory() as folder:
        found = report.bridge(opened(company, folder), before, now, as_was)

    former = plain.in_force(before.last)
    by_former = Judged.as_if(former)
    recorded, held, same = (
        [len(plain.mqls(period, judged)) for period in (before, now)]
        for judged in (AS_RECORDED, as_was, by_former)
    )
    assert found.former == f"version {former.number}"
    assert (found.before.recorded, found.now.recorded) == tuple(recorded)
    assert found.demand == same[1] - same[0]
    assert found.definition == (held[1] - same[1]) - (held[0] - same[0])
    assert found.demand + found.definition + found.data == found.change == recorded[1] - recorded[0]


@settings(max_examples=8)
@given(companies(), histories(), periods(), periods())
def test_without_a_change_of_the_definition_its_part_is_nothing(drawn, versions, before, now):
    """Also when a version of the same content came into force, or another one long before."""
    company = with_anchor(drawn)
    first = next(version for version in versions if version.definition.criteria)
    again = Version(len(versions) + 1, first.definition, Terms("the same", before.start))
    with tempfile.TemporaryDirectory() as folder:
        found = report.bridge(opened(company, folder), before, now, Judged.as_was((first, again)))

    assert found.definition == 0
