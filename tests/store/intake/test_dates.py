"""Rules of dates: what the whole column proves is read, what it can't prove is asked, nothing is guessed."""

from datetime import datetime

import pytest

from alignment.domain.mapping import DateOrder
from alignment.errors import UndecidedError


def created(loaded, *texts, **options):
    """Load leads with these creation dates and return what was read."""
    lines = "".join(f'lead {place},"{text}"\n' for place, text in enumerate(texts))
    leads = loaded(leads=f"lead_id,created_at\n{lines}", **options)
    return leads.values("select created_at from leads order by lead_id")


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-05 14:03:00",
        "2026-07-05T14:03:00",
        "2026-7-5 14:03",
        "2026/07/05 14:03:00.000",
        "2026-07-05T14:03:00Z",
        "2026-07-05T16:03:00.000+0200",
        "2026-07-05 10:03:00-04:00",
        "5 Jul 2026 14:03",
        "05 Jul, 2026 14:03:00",
        "July 5, 2026 2:03 PM",
        "5-Jul-26 14:03",
        "1783260180",
        "1783260180000",
    ],
)
def test_a_date_that_reads_one_way_only_is_read(loaded, text):
    """ISO, months as words and epochs need no question."""
    assert created(loaded, text) == [datetime(2026, 7, 5, 14, 3)]


@pytest.mark.parametrize(
    ("proof", "third_of_april"),
    [
        ("25/12/2025", "3/4/2026"),
        ("12/25/2025", "4/3/2026"),
        ("25.12.25", "03.04.26"),
        ("12/25/25", "4/3/26"),
        ("12-25-2025 9:30 AM", "4-3-2026 9:30 AM"),
    ],
)
def test_one_value_that_reads_one_way_only_decides_for_its_column(loaded, proof, third_of_april):
    """A 25 is no month."""
    assert [day.date().isoformat() for day in created(loaded, proof, third_of_april)] == [
        "2025-12-25",
        "2026-04-03",
    ]


def test_what_nothing_proves_is_asked(loaded):
    """3/4 is the third of April or the fourth of March; the loader does not choose."""
    with pytest.raises(
        UndecidedError, match=r"created_at: “3/4/2026” may be day first or month first.*--dates dmy"
    ):
        created(loaded, "3/4/2026", "5/6/2026")


def test_an_answer_settles_the_question(loaded):
    """The person who knows the CRM says it once."""
    assert created(loaded, "3/4/2026", dates=DateOrder.DMY) == [datetime(2026, 4, 3)]


def test_a_lone_slip_of_the_pen_proves_nothing(loaded):
    """One 13 among a hundred small numbers is as likely a typing error as a proof."""
    with pytest.raises(UndecidedError):
        created(loaded, "1/13/2026", *["3/4/2026"] * 100)


def test_a_column_that_proves_both_orders_is_asked(loaded):
    """Two exports glued together: no order fits all of it."""
    with pytest.raises(
        UndecidedError, match="1 of 2 dates can only be read day first and 1 only month first"
    ):
        created(loaded, "25/12/2025", "12/25/2025")


def test_with_an_answer_the_values_that_do_not_fit_are_set_aside(loaded):
    """The rest of a mixed column is read as said, never mixed within the column."""
    leads = loaded(leads="lead_id,created_at\nada,25/12/2025\nbo,12/25/2025\n", dates=DateOrder.DMY)

    assert leads.rows("select row_number, value, reason from set_aside") == [
        (3, "12/25/2025", "created_at “12/25/2025” is no date")
    ]


def test_an_answer_that_the_column_contradicts_is_refused(loaded):
    """Day first was said, month first is proved: every readable day would be wrong."""
    with pytest.raises(UndecidedError, match="said to be day first, yet 1 of 2 can only be read month first"):
        created(loaded, "12/25/2025", "3/4/2026", dates=DateOrder.DMY)


def test_day_and_month_of_one_number_need_no_question(loaded):
    """5/5 is the fifth of May either way."""
    assert created(loaded, "5/5/2026") == [datetime(2026, 5, 5)]


def test_a_day_that_does_not_exist_is_set_aside(loaded):
    """30 February has the shape of a date and is none."""
    leads = loaded(leads="lead_id,created_at\nada,2026-02-28\nbo,2026-02-30\n")

    assert leads.values("select reason from set_aside") == ["created_at “2026-02-30” is no date"]


def test_words_that_a_database_takes_for_dates_are_none(loaded):
    """DuckDB reads `infinity` and `epoch` as instants."""
    leads = loaded(leads="lead_id,created_at\nada,2026-02-28\nbo,infinity\ncy,epoch\n")

    assert leads.receipt.tables[0].set_aside == {"no date in created_at": 2}


def test_a_time_without_zone_is_read_in_the_business_time_zone(loaded):
    """Noon in São Paulo is 15:00 UTC, and that is stored."""
    assert created(loaded, "2026-07-05 12:00", time_zone="America/Sao_Paulo") == [datetime(2026, 7, 5, 15)]


def test_a_time_with_its_own_zone_keeps_it(loaded):
    """One column may hold both."""
    read = created(loaded, "2026-07-05 12:00", "2026-07-05T12:00:00Z", time_zone="America/Sao_Paulo")

    assert read == [datetime(2026, 7, 5, 15), datetime(2026, 7, 5, 12)]


def test_an_ambiguous_attribute_stays_text(loaded):
    """A column outside the contract is not worth stopping a load for."""
    leads = loaded(leads="lead_id,created_at,last seen\nada,2026-07-01,3/4/2026\n")

    assert leads.values('select "last seen" from leads') == ["3/4/2026"]


@pytest.mark.parametrize("text", ["25.12.25", "26/07/05", "13-07-25"])
def test_a_short_year_that_may_stand_first_is_asked(loaded, text):
    """26/07/05 is the fifth of July or the 26th of July 2005."""
    with pytest.raises(UndecidedError, match="may begin with its day or with its year"):
        created(loaded, text)


def test_short_years_said_to_stand_first_are_read_so(loaded):
    """Some systems write 26/07/05."""
    assert created(loaded, "26/07/05", dates=DateOrder.ISO) == [datetime(2026, 7, 5)]


def test_each_way_of_writing_must_prove_its_own_order(loaded):
    """25.12.2025 says nothing about 3/4/2026, which came from somewhere else."""
    with pytest.raises(UndecidedError, match=r"1 with “\.” prove day first|1 with “/” prove nothing"):
        created(loaded, "25.12.2025", "3/4/2026")


def test_dates_that_a_spreadsheet_turned_are_refused(loaded):
    """Opened month first, 3/4 became the fourth of March, and 25/12 stayed a text."""
    with pytest.raises(UndecidedError, match="a spreadsheet has taken day and month of these for each other"):
        created(loaded, "25/12/2025", "2026-03-04", "2026-05-06")


def test_turned_dates_are_read_where_a_person_says_they_are_right(loaded):
    """The suspicion is no proof."""
    read = created(loaded, "25/12/2025", "2026-03-04", dates=DateOrder.DMY)

    assert read == [datetime(2025, 12, 25), datetime(2026, 3, 4)]


@pytest.mark.parametrize("month", ["2026-07", "2026/07", "Jul 2026", "July 2026", "2026-07-01"])
def test_a_month_of_spend_is_its_first_day(loaded, month):
    """A budget is written by the month, without a day."""
    spend = loaded(
        leads="lead_id,created_at\nada,2026-07-01\n", spend=f"Month,Channel,Spend\n{month},web,100\n"
    )

    assert spend.values("select month_on::varchar from spend") == ["2026-07-01"]


def test_a_month_alone_is_no_day_of_a_lead(loaded):
    """Nobody became known on all of July."""
    leads = loaded(leads="lead_id,created_at\nada,2026-07-01\nbo,2026-07\n")

    assert leads.values("select reason from set_aside") == ["created_at “2026-07” is no date"]
