"""Rules of the scout sample: who can be drawn, that the draw repeats, and what its result counts."""

from datetime import datetime
from random import Random

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from alignment import agreement as agreements
from alignment import whatif
from alignment.domain.agreement import Draft, Edit, Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.rate import Rate
from alignment.domain.refusal import Refusal
from alignment.domain.scout import LARGEST_SEED, MOST_DRAWN, ScoutLead, ScoutSample, drawn, leads_needed
from alignment.errors import MissingColumnError, NotAllowedError
from alignment.store.ledger import Ledger
from alignment.whatif import scout

ADA, OLA = Person("Ada", Side.MARKETING), Person("Ola", Side.OBSERVER)
LEVELS = (Level("raw", 0), Level("hot", 40, enters_hand_off=True))
IN_FORCE = Definition(criteria=(Criterion("size", "size", Comparison.AT_LEAST, 50, 40),), levels=LEVELS)
DRAFT = Draft(Version(1, IN_FORCE, Terms("start")))
LEADS = """
    lead_id     created_at  mql_at      first_touch_at  sql_at      source  size
    below       2026-06-20  -           -               -           web     10
    unscored    2026-06-20  -           -               -           fair    -
    on_cutoff   2026-06-20  -           -               -           web     50
    handed_over 2026-06-20  2026-06-21  -               -           web     10
    touched     2026-06-20  -           2026-06-22      -           web     10
    got_further 2026-06-20  -           -               2026-06-25  web     10
    first_day   2026-04-03  -           -               -           web     10
    too_old     2026-04-02  -           -               -           web     10
    to_come     2026-07-02  -           -               -           web     10
"""
AS_OF = "2026-07-01T12:00:00"


def ids(sample):
    """Return whom a sample drew."""
    return [lead.lead_id for lead in sample.leads]


def test_a_recent_lead_below_the_cutoff_that_nobody_worked_can_be_drawn(given):
    """Not who is handed off, was handed over, touched or got further, nor who came 90 days ago or later."""
    snapshot = given(leads=LEADS, as_of=AS_OF)

    sample = scout.draw(snapshot, DRAFT, ADA, 1, seed=1)

    assert ids(sample) == ["below", "first day", "unscored"]
    assert [(lead.source, lead.score) for lead in sample.leads] == [("web", 0), ("web", 0), ("fair", None)]
    assert scout.eligible(snapshot, IN_FORCE) == 3


def test_the_draft_decides_who_is_below(given):
    """A lower threshold hands “below” off, a higher one leaves “on cutoff” below."""
    snapshot = given(leads=LEADS, as_of=AS_OF)

    def drawn_by(threshold):
        edit = Edit(1, datetime(2026, 7, 1), ADA, "criteria.size.threshold", 50, threshold)
        return ids(scout.draw(snapshot, Draft(DRAFT.base, (edit,)), ADA, 1, seed=1))

    assert drawn_by(5) == ["unscored"]
    assert drawn_by(60) == ["below", "first day", "on cutoff", "unscored"]


def test_a_sample_tells_the_rule_the_draft_and_the_seed_that_made_it(given):
    """Whoever doubts it can draw it again."""
    sample = scout.draw(given(leads=LEADS, as_of=AS_OF), DRAFT, ADA, 0.5, seed=7)

    assert (sample.base, sample.seq, sample.share, sample.seed) == (1, 0, 0.5, 7)
    assert sample.as_of == datetime(2026, 7, 1, 12)
    assert sample.rule == (
        "not handed off by the draft (hot from 40), never worked and never handed off before, "
        "created in the last 90 days, in no earlier sample"
    )


def test_a_lead_is_drawn_once(given):
    """The next sample leaves out whom an earlier one holds."""
    snapshot = given(leads=LEADS, as_of=AS_OF)
    first = scout.draw(snapshot, DRAFT, ADA, 0.3, seed=7)

    second = scout.draw(snapshot, DRAFT, ADA, 1, seed=7, samples=[first])

    assert (len(first.leads), len(second.leads)) == (1, 2)
    assert not {*ids(first)} & {*ids(second)}
    assert scout.eligible(snapshot, IN_FORCE, [first]) == 2


def test_where_nobody_is_left_no_sample_is_drawn(given):
    """The sentence says so."""
    snapshot = given(leads=LEADS, as_of=AS_OF)
    everybody = scout.draw(snapshot, DRAFT, ADA, 1, seed=1)

    with pytest.raises(Refusal, match="There is nobody to draw"):
        scout.draw(snapshot, DRAFT, ADA, 1, seed=1, samples=[everybody])


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_a_share_that_is_none_is_refused(share):
    """Over nothing, up to all."""
    with pytest.raises(Refusal, match="share to draw must be over 0 % and at most 100 %"):
        drawn([ScoutLead("ada", None, 0)], share, 1)


@settings(max_examples=25)
@for_all(
    st.lists(st.text(min_size=1, max_size=6), unique=True, min_size=1, max_size=60),
    st.floats(0.01, 1),
    st.integers(0, LARGEST_SEED),
    st.randoms(use_true_random=False),
)
def test_a_seed_draws_the_same_share_in_whatever_order_the_leads_come(names, share, seed, order: Random):
    """The size is the share's, everybody is one of them, nobody twice, and the order doesn't matter."""
    leads = [ScoutLead(name, None, 0) for name in names]
    sample = drawn(leads, share, seed)
    order.shuffle(leads)

    assert drawn(leads, share, seed) == sample
    assert len(sample) == max(1, round(share * len(leads)))
    assert set(sample) <= set(leads)
    assert len(set(sample)) == len(sample)


def test_the_draw_prefers_nobody():
    """Over many seeds each lead comes up about as often as any other."""
    leads = [ScoutLead(f"lead {number}", None, number) for number in range(20)]
    times = dict.fromkeys(leads, 0)
    for seed in range(2_000):
        for lead in drawn(leads, 0.25, seed):
            times[lead] += 1

    assert all(abs(count - 500) < 5 * (2_000 * 0.25 * 0.75) ** 0.5 for count in times.values())


def test_a_sample_stays_small_enough_to_be_worked():
    """Nobody works more beside the leads they get."""
    leads = [ScoutLead(str(number), None, 0) for number in range(MOST_DRAWN + 5)]

    assert len(drawn(leads, 1, 1)) == MOST_DRAWN


@pytest.mark.parametrize(("converted", "of"), [(10, 100), (1, 2), (0, 1), (106, 1_000)])
def test_the_size_suggested_is_the_smallest_whose_interval_ends_within_five_points(converted, of):
    """By Wilson's interval of a rate of that many leads, as statsmodels has it."""
    expected = converted / of
    n = leads_needed(expected)

    def widest(count):
        low, high = proportion_confint(expected * count, count, method="wilson")
        return max(high - expected, expected - low)

    assert widest(n) <= 0.05 < widest(n - 1)


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ("is_converted first_touch_at", "leads.created_at"),
        ("created_at mql_at sql_at", "leads.first_touch_at or leads.sal_at or leads.rejected_at"),
        ("created_at first_touch_at", "leads.sql_at"),
    ],
    ids=["when they came", "who was worked", "what came of them"],
)
def test_where_the_data_cannot_tell_the_column_is_named(given, columns, missing):
    """An error says what to load."""
    row = " ".join("true" if name == "is_converted" else "2026-06-20" for name in columns.split())
    snapshot = given(leads=f"lead_id {columns} size\nada {row} 10", as_of=AS_OF)

    with pytest.raises(MissingColumnError, match=missing):
        scout.eligible(snapshot, IN_FORCE)


def sample_of(*lead_ids, as_of="2026-07-01T12:00:00", number=1):
    """Return a sample as the ledger keeps it."""
    at = datetime.fromisoformat(as_of)
    leads = tuple(ScoutLead(lead_id, "web", 0) for lead_id in lead_ids)
    return ScoutSample(ADA, at, at, 1, 0, 0.05, 1, "by chance", leads, number)


LATER = """
    lead_id  created_at  first_touch_at  sal_at      sql_at      size
    won      2026-06-20  2026-07-03      2026-07-03  2026-07-10  10
    lost     2026-06-20  2026-07-03      -           -           10
    slow     2026-06-20  2026-07-03      -           2026-08-20  10
    open     2026-06-20  -               -           -           10
    early    2026-06-20  2026-06-28      -           2026-07-10  10
    other    2026-06-20  2026-07-03      -           2026-07-10  10
"""


@pytest.fixture
def later(given):
    """Open a later load, of a company whose leads are given 42 days."""
    snapshot = given(leads=LATER, as_of="2026-09-01T12:00:00")
    assert whatif.judged_by(snapshot).window == 42
    return snapshot


def test_a_result_counts_who_was_worked_since_the_draw_and_whose_window_is_over(later):
    """Converted in time or not; whom nobody worked, who was worked before and who is gone stand apart."""
    found = scout.result(later, [sample_of("won", "lost", "slow", "open", "early", "nobody knows")])

    assert found.rate == Rate(1, 3)
    assert (found.unworked, found.worked_before, found.gone, found.too_young) == (1, 1, 1, 0)
    assert (found.drawn, found.pending) == (6, 1)


def test_whoever_was_touched_at_the_last_moment_of_the_data_was_worked_before(given):
    """What the load knew when it was asked is not of the sample's making."""
    leads = f"lead_id created_at first_touch_at sql_at size\nada 2026-06-20 {AS_OF} - 10"
    snapshot = given(leads=leads, as_of="2026-09-01T12:00:00")

    assert scout.result(snapshot, [sample_of("ada")]).worked_before == 1


@pytest.mark.parametrize(("day", "rate", "too_young"), [("21", Rate(0, 0), 1), ("22", Rate(1, 1), 0)])
def test_nobody_is_judged_before_the_window_is_over(given, day, rate, too_young):
    """Drawn on 1 July with 21 days given: known on the 22nd, also for who converted at once."""
    leads = "lead_id created_at first_touch_at sql_at size\nada 2026-06-20 2026-07-02 2026-07-11 10"
    snapshot = given(leads=leads, as_of=f"2026-07-{day}T12:00:00")
    assert whatif.judged_by(snapshot).window == 21

    found = scout.result(snapshot, [sample_of("ada")])

    assert (found.rate, found.too_young) == (rate, too_young)


def test_samples_add_up_and_a_lead_in_two_of_them_counts_once(later):
    """The draw that came first decides."""
    samples = [sample_of("won", "lost"), sample_of("won", "other", number=2)]

    assert scout.result(later, samples).rate == Rate(2, 3)
    assert scout.result(later, samples).drawn == 3


def test_without_samples_there_is_no_result(later):
    """Nothing drawn, nothing known."""
    assert scout.result(later, []).drawn == 0


def test_what_nobody_can_date_counts_once_it_has_come(given):
    """Where the outcome has no dates, whoever has it now got it since the draw."""
    leads = """
        lead_id  created_at  first_touch_at  is_converted  size
        ada      2026-06-20  2026-07-03      true          10
        bob      2026-06-20  2026-07-03      false         10
    """

    snapshot = given(leads=leads, as_of="2026-07-09T12:00:00")

    assert scout.result(snapshot, [sample_of("ada", "bob")]).rate == Rate(1, 2)


def test_a_sample_is_planned_with_what_the_worked_leads_below_came_to(given):
    """With thirty of them at the least."""
    rows = "\n".join(
        f"lead{number} 2026-05-0{1 + number % 9} 2026-05-10 {'2026-05-12' if number < 3 else '-'} 10"
        for number in range(40)
    )
    snapshot = given(leads=f"lead_id created_at first_touch_at sql_at size\n{rows}", as_of=AS_OF)
    few = IN_FORCE.with_threshold("size", 5)

    assert scout.recorded_below(whatif.figures(snapshot, IN_FORCE)) == Rate(3, 40)
    assert scout.recorded_below(whatif.figures(snapshot, few)) is None


@pytest.fixture
def agreement(tmp_path):
    """Open an agreement on a ledger file."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    made = agreements.Agreement(Ledger(url, lambda: [Version(1, IN_FORCE, Terms("start"))]))
    yield made
    made.ledger.close()


def test_a_sample_is_kept_under_the_name_of_whoever_drew_it(agreement):
    """And told to the other screens."""
    heard = []
    agreement.subscribe(heard.append)

    kept = agreement.scouts.keep(ADA, sample_of("ada", "bob"), "ada's")

    assert (kept.who, kept.number) == (ADA, 1)
    assert [change.screen for change in heard] == ["ada's"]


def test_a_sample_survives_a_restart(agreement):
    """Whoever opens the ledger next reads the same sample."""
    kept = agreement.scouts.keep(ADA, sample_of("ada", "bob"))
    url = str(agreement.ledger._engine.url)
    agreement.ledger.close()

    reopened = agreements.Agreement(Ledger(url, list))

    assert reopened.scouts.every() == (kept,)
    reopened.ledger.close()


def test_a_sample_raises_the_revision(agreement):
    """Screens of other processes see that there is something new."""
    before = agreement.ledger.revision()

    agreement.scouts.keep(ADA, sample_of("ada"))

    assert agreement.ledger.revision() == before + 1


def test_an_observer_draws_no_sample(agreement):
    """Who looks on decides nothing."""
    with pytest.raises(NotAllowedError, match="Ola is here as an observer"):
        agreement.scouts.keep(OLA, sample_of("ada"))

    assert agreement.scouts.every() == ()
