"""What the sample company expected is what its data said by then."""

from datetime import date

from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.sample.expected import expected
from tests.sample.conftest import AS_OF

SIGNED_ON = date(AS_OF.year, AS_OF.month, 1)
EVERYBODY = Definition(
    (Criterion("size", "employees", Comparison.AT_LEAST, 0, 50),),
    (Level("raw", 0), Level("hot", 50, enters_hand_off=True)),
)


def test_the_average_week_is_that_of_the_leads_who_meet_the_definition(sample_file, ask):
    """Whoever says how many employees there are has enough of them here."""
    told = expected(sample_file, EVERYBODY, SIGNED_ON)
    start, end = told["counted_from"], told["counted_until"]
    ((leads,),) = ask(
        f"select count(employees) from leads where created_at >= '{start}' and created_at < '{end}'"
    )
    weeks = (date.fromisoformat(end) - date.fromisoformat(start)).days / 7

    assert told["hand_offs_a_week"] == round(leads / weeks, 2)
    assert told["hand_offs_low"] < told["hand_offs_a_week"] < told["hand_offs_high"]


def test_only_what_was_known_on_the_day_of_the_signatures_is_judged(sample_file, ask):
    """Old enough by then, and worked by then: whoever was called later told nobody anything yet."""
    told = expected(sample_file, EVERYBODY, SIGNED_ON)
    ((judged,),) = ask(f"""
        select count(*) from leads
        where employees is not null and created_at >= '{told["counted_from"]}'
          and created_at < '{told["counted_until"]}'
          and cast(coalesce(mql_at, created_at) as date) <= date '{SIGNED_ON}' - 28
          and least(first_touch_at, sal_at, sql_at, rejected_at) < '{SIGNED_ON}'
    """)

    assert 0 < told["converted"] < told["judged"] == judged


def test_before_there_was_any_lead_nothing_was_expected(sample_file):
    """The first definition was signed before the data begins."""
    assert expected(sample_file, EVERYBODY, date(1999, 1, 1)) == {}
