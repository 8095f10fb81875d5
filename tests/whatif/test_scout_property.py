"""The scout sample's questions and the plain rules, held together on random companies and definitions."""

import tempfile
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from alignment import whatif
from alignment.domain.agreement import Draft, Person, Side, Terms, Version
from alignment.domain.rate import Rate
from alignment.domain.scout import ScoutLead, ScoutSample
from alignment.whatif import scout
from tests.test_whatif_property import AS_OF, companies, definitions, opened

ADA = Person("Ada", Side.MARKETING)


def was_worked(company, lead):
    """Tell whether sales touched or decided on the lead, or it got further."""
    is_dated = company.has_been(lead.touched_at) or company.has_been(lead.sql_at)
    return is_dated or bool(company.deals_of(lead))


def reached_at(company, lead):
    """Return when the lead first became SQL or more, None if it did not."""
    deals = company.deals_of(lead)
    instants = [deal.created_at for deal in deals]
    instants += [deal.closed_at for deal in company.won_deals_of(lead) if deal.closed_at]
    instants += [lead.sql_at] if company.has_been(lead.sql_at) else []
    return min(instants, default=None)


def can_be_drawn(company, definition, lead):
    """Tell by the rule's words whether the lead can be drawn."""
    first = company.day(company.as_of) - timedelta(days=scout.RECENT_DAYS - 1)
    return (
        company.has_been(lead.created_at)
        and company.day(lead.created_at) >= first
        and not definition.qualifies(lead.attributes)
        and not company.has_been(lead.mql_at)
        and not was_worked(company, lead)
    )


def fate(company, lead, drawn_at, window):
    """Return what became of a lead that was drawn at an instant."""
    signs = [at for at in (lead.touched_at, lead.sql_at) if company.has_been(at)]
    reached = reached_at(company, lead)
    if any(at <= drawn_at for at in [*signs, *([reached] if reached else [])]):
        return "worked before"
    if not was_worked(company, lead):
        return "unworked"
    if (company.day(company.as_of) - company.day(drawn_at)).days < window:
        return "too young"
    is_within = reached is not None and (company.day(reached) - company.day(drawn_at)).days <= window
    return "converted" if is_within else "failed"


@settings(max_examples=25)
@given(companies(), definitions())
def test_exactly_who_the_rule_names_can_be_drawn(company, definition):
    """Nobody who is handed off, was worked, or came too long ago; and nobody of the others is forgotten."""
    expected = {
        lead.lead_id: definition.score(lead.attributes)
        for lead in company.leads
        if can_be_drawn(company, definition, lead)
    }
    with tempfile.TemporaryDirectory() as folder:
        snapshot = opened(company, folder)
        count = scout.eligible(snapshot, definition)
        draft = Draft(Version(1, definition, Terms("start")))
        leads = scout.draw(snapshot, draft, ADA, 1, seed=1).leads if count else ()

    assert {lead.lead_id: lead.score for lead in leads} == expected
    assert count == len(expected)


@settings(max_examples=25)
@given(companies(), some.integers(0, 130), some.integers(0, 130))
def test_a_result_counts_each_lead_as_the_rules_read(company, days, later):
    """Two samples of overlapping leads, drawn on two days."""
    first, second = AS_OF - timedelta(days=days), AS_OF - timedelta(days=min(days, later))
    ids = [lead.lead_id for lead in company.leads]
    samples = [
        ScoutSample(
            ADA, at, at, 1, 0, 0.5, 1, "by chance", tuple(ScoutLead(each, None, 0) for each in drawn), n
        )
        for n, (at, drawn) in enumerate([(first, ids[::2]), (second, ids)], start=1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        snapshot = opened(company, folder)
        window = whatif.judged_by(snapshot).window
        found = scout.result(snapshot, samples)

    there = [lead for lead in company.leads if company.has_been(lead.created_at)]
    fates = [fate(company, lead, first if lead.lead_id in ids[::2] else second, window) for lead in there]
    judged = fates.count("converted") + fates.count("failed")
    assert found.rate == Rate(fates.count("converted"), judged)
    assert (found.unworked, found.too_young) == (fates.count("unworked"), fates.count("too young"))
    assert (found.worked_before, found.gone) == (fates.count("worked before"), len(ids) - len(there))
    assert found.drawn == len(ids)
