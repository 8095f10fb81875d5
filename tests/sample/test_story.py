"""The story of the sample company can be read from its figures."""

import pytest

from alignment.sample.story import EBOOK, Story
from tests.sample.conftest import AS_OF

STORY = Story(AS_OF)
OTHERS = f"coalesce(campaign, '') <> '{EBOOK}'"
MATURE = "mql_at < timestamp '2026-06-30' - interval 60 day"
COLLAPSE = f"mql_at between '{STORY.collapse_from}' and '{STORY.collapse_until}'"


@pytest.fixture
def rate(ask):
    """Return a function that tells how many of the mature MQLs reached a stage, as a share."""

    def of(stage, where="true"):
        return ask(f"select count({stage}) / count(*) from leads where {MATURE} and {where}")[0][0]

    return of


def between(low, value, high):
    """Return whether a figure lies in its plausible range."""
    return low <= value <= high


def test_its_size_is_as_promised(ask):
    """About 12,000 leads and 900 deals."""
    assert ask("select count(*) from leads") == [(12_000,)]
    assert between(800, ask("select count(*) from deals")[0][0], 1_050)


def test_about_three_leads_of_ten_become_mql(ask):
    """Enough hand-offs to see a difference, few enough to be a choice."""
    assert between(0.25, ask("select count(mql_at) / count(*) from leads")[0][0], 0.34)


def test_outside_the_campaign_mql_become_sql_at_the_rate_of_the_field(rate):
    """Between a quarter and a third, collapse included."""
    assert between(0.24, rate("sql_at", OTHERS), 0.34)


def test_the_ebook_campaign_brings_mql_of_poor_quality(rate):
    """Well under half of the others' rate: the volume hides it."""
    assert rate("sql_at", f"campaign = '{EBOOK}'") < 0.4 * rate("sql_at", OTHERS)


def test_the_ebook_campaign_nearly_doubles_the_hand_offs_while_it_runs(ask):
    """The quantity that marketing was asked for, and got."""
    ran = f"created_at >= '{STORY.ebook_from}' and created_at < '{STORY.ebook_until}'"
    by_campaign = dict(ask(f"select {OTHERS}, count(mql_at) from leads where {ran} group by all"))

    assert between(0.7, by_campaign[False] / by_campaign[True], 1.2)


def test_customer_referrals_are_few_and_excellent(ask, rate):
    """The source that nobody talks about."""
    referral = "source = 'Customer referral'"

    assert ask(f"select avg(case when {referral} then 1 else 0 end) from leads")[0][0] < 0.04
    assert rate("sql_at", referral) > 1.7 * rate("sql_at", OTHERS)


def test_follow_up_collapsed_for_six_weeks(ask):
    """First touches came days late, where they came at all."""
    touch = "median(epoch(first_touch_at) - epoch(mql_at))"
    late, usual = (
        ask(f"select {touch}, 1 - count(first_touch_at) / count(*) from leads where {where}")[0]
        for where in (COLLAPSE, f"not ({COLLAPSE}) and {MATURE}")
    )

    assert late[0] > 5 * usual[0]
    assert late[1] > 4 * usual[1]


def test_acceptance_fell_with_follow_up(rate):
    """Leads called too late are not accepted: the fault was not theirs."""
    assert rate("sal_at", COLLAPSE) < 0.7 * rate("sal_at", f"{OTHERS} and not ({COLLAPSE})")


def test_young_mql_have_not_had_time_to_convert(ask):
    """A cohort of this month reads low to date: the app must fade it."""
    young = "mql_at >= '2026-06-10' and mql_at < '2026-07-01'"

    assert ask(f"select count(sql_at) / count(*) from leads where {young}")[0][0] < 0.1


def test_recycled_leads_have_two_journeys_and_one_mql_date(ask):
    """The column holds the first journey, the history both."""
    again = ask("""
        select mql_at, min(entered_at), count(*)
        from stage_history join leads on record_id = lead_id
        where record_table = 'leads' and stage_history.stage = 'Marketing qualified'
        group by lead_id, mql_at having count(*) > 1
    """)

    assert len(again) > 50
    assert all(first == mql_at for mql_at, first, _ in again if mql_at)


def test_the_history_ends_with_the_stage_of_today(ask):
    """Both tell the same story."""
    other = ask("""
        with last as (
            select record_id, arg_max(stage, entered_at) as stage from stage_history group by record_id
        )
        select count(*) from last join deals on record_id = deal_id
        where last.stage <> deals.stage and closed_at >= created_at and closed_at < '2026-07-01'
    """)

    assert other == [(0,)]


def test_several_leads_share_a_deal(ask):
    """About one deal in sixteen."""
    shared = ask("select count(*) from (select deal_id from deal_leads group by deal_id having count(*) > 1)")

    assert between(25, shared[0][0], 80)


def test_a_plain_join_would_count_shared_deals_twice(ask):
    """What the app must not do is possible here."""
    once = ask("select sum(amount) from deals where is_won")[0][0]
    joined = ask("select sum(amount) from deals left join deal_leads using (deal_id) where is_won")[0][0]

    assert joined > 1.02 * float(once)


def test_leads_of_one_deal_belong_to_one_company(ask):
    """A buying centre, not a coincidence."""
    mixed = ask("""
        select deal_id from deal_leads join leads using (lead_id) where company is not null
        group by deal_id having count(distinct company) > 1
    """)

    assert mixed == []


@pytest.mark.parametrize(
    ("what", "low", "high"),
    [
        ("count(*) filter (lead_id is null) / count(*)", 0.08, 0.16),
        ("count(*) filter (is_won) / count(*) filter (is_closed)", 0.25, 0.33),
        ("avg(amount) filter (is_won)", 20_000, 36_000),
        ("median(epoch(closed_at - created_at)) filter (is_won) / 86400", 35, 55),
        ("count(*) filter (currency = 'USD') / count(*)", 0.05, 0.15),
        ("count(*) filter (not is_closed)", 50, 150),
        ("count(distinct stage) filter (not is_closed)", 4, 4),
    ],
)
def test_deals_are_plausible(what, low, high, ask):
    """Win rate, values, cycle and pipeline as a mid-sized company has them."""
    assert between(low, ask(f"select {what} from deals")[0][0], high)


def test_there_are_deals_before_their_lead(ask):
    """A customer's new contact: expansion, not new business."""
    earlier = ask(
        "select deal_id from deals join leads using (lead_id) where deals.created_at < leads.created_at"
    )

    assert len(earlier) > 2


def test_some_leads_have_several_deals(ask):
    """Revenue sums them all, the lead counts once."""
    several = ask("select lead_id from deals where lead_id is not null group by lead_id having count(*) > 1")

    assert len(several) > 20


def test_every_month_has_the_rate_of_the_other_currency(ask):
    """No amount of the sample may be left out for want of a rate."""
    missing = ask("""
        select count(*) from deals asof left join exchange_rates as rates
        on deals.currency = rates.currency and coalesce(closed_at, created_at) >= rate_on
        where deals.currency <> 'EUR' and rate is null
    """)

    assert missing == [(0,)]


def test_mql_that_fell_into_a_black_hole(ask):
    """No decision, no deal, no nurture, no activity for weeks."""
    holes = ask("""
        select count(*) from leads
        where mql_at is not null and sal_at is null and sql_at is null and rejected_at is null
        and not in_nurture and not is_converted
        and last_activity_at < timestamp '2026-06-30' - interval 14 day
    """)

    assert between(60, holes[0][0], 600)


def test_few_leads_below_the_cutoff_were_worked(ask):
    """Their outcome is known; the others' is not, and never counts as a failure."""
    assert between(
        0.02, ask("select count(first_touch_at) / count(*) from leads where mql_at is null")[0][0], 0.06
    )


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("from deals where closed_at > '2026-07-01'", 2),
        ("from leads where meeting_at > '2026-07-01'", 2),
        ("from deals where closed_at < created_at", 3),
        ("from deals join leads using (lead_id) where is_won and rejection_reason = 'Duplicate'", 3),
    ],
)
def test_a_handful_of_records_contradict_themselves(what, count, ask):
    """The list of contradictions has something to show, and is short."""
    assert ask(f"select count(*) {what}") == [(count,)]


@pytest.mark.parametrize(
    "attribute",
    ["employees", "industry", "country", "job_level", "pages_viewed", "demo_requested", "company"],
)
def test_some_values_are_not_known(attribute, ask):
    """A criterion must cope with a value that is missing."""
    assert between(0.002, ask(f"select 1 - count({attribute}) / count(*) from leads")[0][0], 0.12)


def test_a_few_leads_have_none_of_the_scoring_attributes(ask):
    """Unscored is neither cold nor zero."""
    unscored = ask("""
        select count(*) from leads
        where coalesce(employees, pages_viewed, pricing_page_views, content_downloads) is null
            and coalesce(email_clicks, days_since_last_visit) is null
            and coalesce(industry, job_level) is null
            and coalesce(webinar_attended, demo_requested, is_competitor) is null
    """)

    assert between(30, unscored[0][0], 200)


def test_people_work_on_weekdays(ask):
    """The business calendar of the SLA must find something to do."""
    assert ask("select count(*) from leads where dayofweek(first_touch_at) in (0, 6)") == [(0,)]


def test_august_is_quiet(ask):
    """A season that a naive pace would take for a slump."""
    by_month = dict(
        ask("select month(created_at), count(*) from leads where year(created_at) = 2025 group by 1")
    )

    assert by_month[8] < 0.9 * (by_month[7] + by_month[9]) / 2
