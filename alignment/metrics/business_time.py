"""Business time by arithmetic: the seconds in which the business worked, up to an instant.

Seconds up to an instant = business days before its day × the length of one + how much of its own business
hours has passed. By the wall clock of the zone, so that days of 23 and 25 hours have their usual hours. The
business time between two instants is a difference; no calendar is walked.
"""

from alignment.domain.business_hours import HOUR, MINUTE, WORKDAYS, BusinessHours
from alignment.domain.period import FIRST_MONDAY
from alignment.metrics.query import literal


def wall_of(instant: str, zone: str) -> str:
    """Return the expression for what the clock on the business's wall shows at a UTC instant."""
    if zone == "UTC":
        return f"cast({instant} as timestamp)"
    return f"timezone({literal(zone)}, timezone('UTC', cast({instant} as timestamp)))"


def business_days(days: str) -> str:
    """Return the CTEs up to `business_days`, a row for each day of the query `days` (one column: day_on).

    Columns: day_on, days_before (business days before it, since a far Monday), is_open (1 or 0).
    """
    return f"""rest_days as (
    select distinct holiday_on from holidays where {_weekday("holiday_on")} < {WORKDAYS}
),
business_days as (
    select d.day_on,
           {_weekdays_before("d.day_on")}
           - cast(count(case when r.holiday_on < d.day_on then 1 end) as bigint) as days_before,
           case when {_weekday("d.day_on")} < {WORKDAYS}
                     and count(case when r.holiday_on = d.day_on then 1 end) = 0
                then 1 else 0 end as is_open
    from ({days}) d
    left join rest_days r on r.holiday_on <= d.day_on
    where d.day_on is not null
    group by d.day_on
)"""


def seconds_until(wall: str, day: str, hours: BusinessHours) -> str:
    """Return the expression for the business seconds up to a wall time of a row `day` of `business_days`."""
    passed = f"least(greatest({second_of(wall)} - {hours.opens}, 0), {hours.length})"
    return f"({day}.days_before * {hours.length} + {day}.is_open * {passed})"


def is_at_rest(wall: str, day: str, hours: BusinessHours) -> str:
    """Return the condition that no business second ends at a wall time: a due time never lies there."""
    second = second_of(wall)
    return f"({day}.is_open = 0 or {second} <= {hours.opens} or {second} > {hours.closes})"


def second_of(wall: str) -> str:
    """Return the expression for the second of the day, fractions cut off."""
    hour, minute, second = (f"extract({part} from {wall})" for part in ("hour", "minute", "second"))
    return f"cast({hour} * {HOUR} + {minute} * {MINUTE} + floor({second}) as bigint)"


def _since_monday(day: str) -> str:
    return f"cast({day} - date '{FIRST_MONDAY}' as bigint)"


def _weekday(day: str) -> str:
    """Return the expression for the day of the week, Monday as 0."""
    return f"({_since_monday(day)} % 7)"


def _weekdays_before(day: str) -> str:
    return f"({_since_monday(day)} // 7 * {WORKDAYS} + least({_weekday(day)}, {WORKDAYS}))"
