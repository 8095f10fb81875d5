"""The disputed zone and the segments, held against plain rules on random companies and definitions."""

import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alignment import whatif
from alignment.domain.agreement import Side
from alignment.domain.definition_plain import with_value
from alignment.domain.refusal import Refusal
from alignment.domain.settlement import differences, meetings, scale_of
from alignment.whatif import answer, dispute, segments
from tests import dispute_plain as plain
from tests.test_whatif_property import companies, definitions, opened

EXAMPLES = 5
ATTRIBUTES = ("source", "size", "title", "asked")
SIDES = (Side.MARKETING, Side.SALES)


def segment_of(snapshot, lead, attribute):
    """The name of the segment that a lead falls into."""
    if attribute == "source":
        return lead.source or segments.NOT_KNOWN
    scale = segments.segment_scale(snapshot, attribute)
    return segments.segment_name(scale, scale.level_of(lead.attributes[attribute]))


@pytest.mark.parametrize("most_cells", [1_000_000, 0], ids=["all stops", "stops in use"])
@settings(max_examples=EXAMPLES)
@given(
    company=companies(),
    marketing=definitions(),
    sales=definitions(),
    window=some.integers(0, 40),
    attribute=some.sampled_from(ATTRIBUTES),
)
def test_the_disputed_zone_counts_what_plain_rules_count(
    most_cells, company, marketing, sales, window, attribute
):
    """Of all leads and by segment: one lead on the wrong side and the meeting argues about nothing."""
    question = whatif.Question(window=window)
    positions = {Side.MARKETING: marketing, Side.SALES: sales}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "MOST_CELLS", most_cells)
        patch.setattr(segments, "MOST_CELLS", most_cells)
        snapshot = opened(company, folder)
        found = dispute.dispute(snapshot, positions, question)
        told = attribute if attribute in segments.attributes(snapshot) else "source"
        zones = dispute.zones(snapshot, positions, told, question)
    if not found.frame.period:
        return

    leads = plain.leads_of(company, found.frame.period)
    pairs = ((marketing, sales), (sales, marketing))
    apart = {side: plain.apart(leads, *pair) for side, pair in zip(SIDES, pairs, strict=True)}
    both = [lead for lead in plain.handed_by(leads, marketing) if sales.qualifies(lead.attributes)]
    assert plain.shown(found.both) == plain.came_to(company, both, window)
    for side in SIDES:
        assert plain.shown(found.zone.of(side)) == plain.came_to(company, apart[side], window)
        for zone in zones:
            own = [lead for lead in apart[side] if segment_of(snapshot, lead, told) == zone.segment]
            assert plain.shown(zone.of(side)) == plain.came_to(company, own, window)
    disputed_leads = [lead for each in apart.values() for lead in each]
    assert {zone.segment for zone in zones} == {segment_of(snapshot, lead, told) for lead in disputed_leads}


@settings(max_examples=EXAMPLES)
@given(company=companies(), marketing=definitions(), moves=some.data())
def test_what_a_meeting_leaves_disputed_is_what_plain_rules_leave(company, marketing, moves):
    """Every value on which both could meet, and that the best one is said first."""
    other = moves.draw(definitions())
    sales = marketing
    for criterion in marketing.criteria:
        sales = sales.with_points(criterion.criterion_id, moves.draw(some.integers(-50, 50)))
        if isinstance(criterion.threshold, float):
            sales = sales.with_threshold(
                criterion.criterion_id, moves.draw(some.sampled_from([0.0, 5.0, 50.0]))
            )
    if len(other.levels) == len(marketing.levels):
        sales = sales.__class__(sales.criteria, other.levels, sales.caps)
    question, positions = whatif.Question(window=14), {Side.MARKETING: marketing, Side.SALES: sales}
    with tempfile.TemporaryDirectory() as folder:
        snapshot = opened(company, folder)
        scales = whatif.scales(snapshot, marketing)
        found = dispute.settlings(snapshot, positions, scales, question)
        period = dispute.dispute(snapshot, positions, question).frame.period
    if not period:
        return

    leads = plain.leads_of(company, period)
    now = disputed(leads, marketing, sales)
    expected = {}
    for difference in differences(marketing, sales):
        for meeting in meetings(difference, scale_of(difference.field, scales)):
            try:
                one, two = (with_value(each, meeting.field, meeting.value) for each in (marketing, sales))
            except Refusal:
                continue
            if (left := disputed(leads, one, two)) < now:
                expected[meeting.field, meeting.side] = left

    assert {(each.meeting.field, each.meeting.side): each.left for each in found} == expected
    assert [each.left for each in found] == sorted(expected.values())


def disputed(leads, one, other):
    """How many of the leads the two definitions judge differently."""
    return sum(one.qualifies(lead.attributes) != other.qualifies(lead.attributes) for lead in leads)


@settings(max_examples=EXAMPLES)
@given(company=companies(), marketing=definitions(), sales=definitions(), window=some.integers(0, 40))
def test_the_examples_are_the_newest_disputed_leads_with_their_scores(company, marketing, sales, window):
    """Each with the score that the plain rule gives it, on the side that hands it off."""
    question, positions = whatif.Question(window=window), {Side.MARKETING: marketing, Side.SALES: sales}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispute, "MOST_EXAMPLES", 2)
        snapshot = opened(company, folder)
        found = dispute.examples(snapshot, positions, question)
        period = dispute.dispute(snapshot, positions, question).frame.period
    if not period:
        return

    leads = plain.leads_of(company, period)
    expected = [
        (side, lead.lead_id, lead.source, marketing.score(lead.attributes), sales.score(lead.attributes))
        for side, (one, other) in zip(SIDES, ((marketing, sales), (sales, marketing)), strict=True)
        for lead in newest(plain.apart(leads, one, other))[:2]
    ]
    assert [(each.side, each.lead_id, each.source, *each.scores.values()) for each in found] == expected


def newest(leads):
    """The leads, the newest first; of the same instant in the order of their keys."""
    return sorted(
        sorted(leads, key=lambda lead: lead.lead_id), key=lambda lead: lead.created_at, reverse=True
    )


@settings(max_examples=EXAMPLES)
@given(company=companies(), in_force=definitions(), draft=definitions(), window=some.integers(0, 40))
def test_segments_lose_what_plain_rules_say_they_lose(company, in_force, draft, window):
    """Before, after and what goes, for every attribute; and exactly those that lose over half are listed."""
    question = whatif.Question(window=window)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "FEWEST", 2)
        snapshot = opened(company, folder)
        period = whatif.impact(snapshot, in_force, draft, question).draft.period
        names = segments.attributes(snapshot)
        found = [
            each for name in names for each in segments.segments(snapshot, in_force, draft, name, question)
        ]
        lost = segments.losses(snapshot, in_force, draft, question)
    if not period:
        return

    leads = plain.leads_of(company, period)
    before, after = plain.handed_by(leads, in_force), plain.handed_by(leads, draft)
    gone = plain.apart(leads, in_force, draft)
    counts = {}
    for name in names:
        for segment in {segment_of(snapshot, lead, name) for lead in [*before, *after]}:
            parts = [
                [lead for lead in part if segment_of(snapshot, lead, name) == segment]
                for part in (before, after, gone)
            ]
            counts[name, segment] = tuple(plain.came_to(company, part, window) for part in parts)

    assert {
        (each.attribute, each.name): tuple(map(plain.shown, (each.before, each.after, each.gone)))
        for each in found
    } == counts
    halved = {key for key, (was, now, _) in counts.items() if 2 * now[0] < was[0]}
    assert {(each.attribute, each.name) for each in (*lost.segments, *lost.small)} == halved
    assert all(each.before.leads < 2 for each in lost.small)
