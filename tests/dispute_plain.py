"""Disputed leads and segments worked out lead by lead, as the rules read."""

from collections import Counter

from alignment.domain.period import midnight
from tests.whatif_plain import _fate


def leads_of(company, period):
    """The leads created in the period and by now."""
    start, end = midnight(period.start, company.zone), midnight(period.end, company.zone)
    return [
        lead for lead in company.leads if company.has_been(lead.created_at) and start <= lead.created_at < end
    ]


def handed_by(leads, definition):
    """Those of the leads that a definition hands off."""
    return [lead for lead in leads if definition.qualifies(lead.attributes)]


def apart(leads, one, other):
    """Those of the leads that the first definition hands off and the second doesn't."""
    return [lead for lead in handed_by(leads, one) if not other.qualifies(lead.attributes)]


def came_to(company, leads, window):
    """Leads, (converted, judged), never worked, too young, won, and cents of some leads."""
    fates = Counter(_fate(company, lead, window) for lead in leads)
    won = [(lead, deal) for lead in leads for deal in company.won_deals_of(lead)]
    return (
        len(leads),
        (fates["converted"], fates["converted"] + fates["not converted"]),
        fates["unknown"],
        fates["too young"],
        len({lead.lead_id for lead, _ in won}),
        sum(100 * deal.amount for lead, deal in won if company.counts_with(deal, lead)),
    )


def shown(hand_offs):
    """What the app says of some leads, in the same form."""
    return (
        hand_offs.leads,
        (hand_offs.conversion.numerator, hand_offs.conversion.denominator),
        hand_offs.unknown,
        hand_offs.too_young,
        hand_offs.won,
        hand_offs.won_revenue.cents,
    )
