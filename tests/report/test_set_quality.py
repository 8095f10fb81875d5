"""Why hand-offs come back: each reason in exactly one group, free texts in none until a person says so."""

from types import SimpleNamespace

import pytest

from alignment import agreement, report
from alignment.domain.agreement import Person, Side
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.judged import Judged, Span
from alignment.domain.set_quality import NO_REASON, UNMAPPED, ReasonGroup, known_group, suggestion
from alignment.errors import MissingColumnError, NotAllowedError

LATER = "2026-12-31 00:00:00"
LEVELS = (Level("raw", 0), Level("hot", 60, enters_hand_off=True))
LEADS = """
    lead_id  created_at  mql_at      rejected_at  rejection_reason   sql_at      source
    ada      2026-07-01  2026-07-06  2026-07-08   no_need_NOW        -           web
    bob      2026-07-01  2026-07-06  2026-08-08   Company_size       -           web
    cyd      2026-07-01  2026-08-06  2026-08-08   Duplicate          -           fair
    dee      2026-07-01  2026-08-06  2026-08-08   call_me_in_spring  -           fair
    eve      2026-07-01  2026-08-06  2026-08-08   -                  -           fair
    fay      2026-07-01  2026-08-06  2026-08-08   Duplicate          2026-09-01  fair
    gus      2026-07-01  2026-08-06  -            -                  -           fair
"""


def test_every_hand_off_that_came_back_is_in_exactly_one_part(given):
    """However it is capitalised; other words and silence apart; who became SQL has not failed."""
    found = report.set_quality(given(leads=LEADS, as_of=LATER))
    assert found.by("month") == {
        "2026-07": {"low": 1, "wide": 1},
        "2026-08": {"high": 1, UNMAPPED: 1, NO_REASON: 1},
    }
    assert (found.leads, found.hand_offs, found.unmapped) == (5, 7, (("call me in spring", 1),))


def test_it_can_be_split_by_source(given):
    """The source with the most of them first."""
    found = report.set_quality(given(leads=LEADS, as_of=LATER))
    assert {source: sum(parts.values()) for source, parts in found.by("source").items()} == {
        "fair": 3,
        "web": 2,
    }


def test_a_free_text_is_mapped_once_by_a_person_for_all(given, tmp_path):
    """What it might be is suggested; it counts from the moment somebody says so, and can be said anew."""
    snapshot = given(leads=LEADS, as_of=LATER)
    warehouse = SimpleNamespace(snapshot=lambda: snapshot)
    ours = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)
    ada, ola = Person("Ada", Side.MARKETING), Person("Ola", Side.OBSERVER)
    reason, before = "call me in spring", ours.revision()

    ours.reasons.map(ada, reason, ReasonGroup.OTHER)
    ours.reasons.map(ada, reason, suggestion(reason))

    found = report.set_quality(snapshot, mapped=ours.reasons.groups())
    assert (found.unmapped, found.by("month")["2026-08"]["low"]) == ((), 1)
    assert ours.revision() == before + 2
    with pytest.raises(NotAllowedError):
        ours.reasons.map(ola, reason, ReasonGroup.WIDE)


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        ("No reply after 5 attempts", ReasonGroup.LOW),
        ("Existing customer", ReasonGroup.WIDE),
        ("contact data bad", ReasonGroup.HIGH),
        ("Other", ReasonGroup.OTHER),
        ("no reply, I think", None),
    ],
)
def test_a_reason_of_the_list_is_in_one_group(reason, group):
    """What is not quite one of them is for people to say."""
    assert known_group(reason) is group


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        ("budget frozen until new CFO", ReasonGroup.LOW),
        ("too small for us", ReasonGroup.WIDE),
        ("mail bounced", ReasonGroup.HIGH),
        ("hm", ReasonGroup.OTHER),
    ],
)
def test_a_suggestion_is_made_for_any_text(reason, group):
    """It is where the choice begins, not what is counted."""
    assert suggestion(reason) is group


def test_the_criterion_that_might_have_kept_most_of_them_back_is_named(given):
    """No failure has 50 people, every success has; visits tell nothing: all have some."""
    rows = [f"f{n} 2026-07-01 2026-07-06 2026-07-08 Company_size - 10 3" for n in range(10)]
    rows += [f"s{n} 2026-07-01 2026-07-06 - - 2026-07-20 90 3" for n in range(10)]
    leads = "lead_id created_at mql_at rejected_at rejection_reason sql_at people visits\n" + "\n".join(rows)
    asks = (
        Criterion("visits", "visits", Comparison.AT_LEAST, 1, 40),
        Criterion("people", "people", Comparison.AT_LEAST, 50, 20),
    )
    terms = Judged("own", (Span(None, "ours", Definition(asks, LEVELS)),))
    found = report.set_quality(given(leads=leads, as_of=LATER), terms=terms)
    (caught,) = found.caught.values()
    assert found.criteria == {"people": "people"}
    assert (caught.attribute, caught.failed.numerator, caught.successful.numerator) == ("people", 10, 0)


def test_nothing_is_named_where_chance_explains_it(given):
    """One alone tells nothing."""
    asks = (Criterion("people", "people", Comparison.AT_LEAST, 50, 50),)
    terms = Judged("own", (Span(None, "ours", Definition(asks, LEVELS)),))
    head = "lead_id created_at mql_at rejected_at rejection_reason people"
    leads = f"{head}\nf 2026-07-01 2026-07-06 2026-07-08 Role 10"
    assert not report.set_quality(given(leads=leads, as_of=LATER), terms=terms).caught


@pytest.mark.parametrize(
    ("columns", "missing"),
    [("mql_at rejected_at", "leads.rejection_reason"), ("mql_at rejection_reason", "leads.rejected_at")],
)
def test_a_missing_column_is_named(given, columns, missing):
    """Without reasons nobody failed for any."""
    leads = f"lead_id created_at {columns}\nada 2026-07-01 2026-07-02 2026-07-02"
    with pytest.raises(MissingColumnError, match=rf"needs column {missing}"):
        report.set_quality(given(leads=leads, as_of=LATER))
