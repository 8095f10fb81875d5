"""How the models share a deal: as drawn by hand, and to the cent whatever the journey."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.domain.attribution import FINEST, Journey, Model, Rules, parts
from alignment.domain.refusal import Refusal

START = datetime(2026, 7, 1, 9)


def day(number):
    """Return an instant so many days after the first touch."""
    return START + timedelta(days=number)


def shared(model, *days, lead=None, deal=None, cents=10_000, half_life=7):
    """Return how the model shares 100.00 among touches on these days."""
    journey = Journey(
        tuple(map(day, days)), None if lead is None else day(lead), None if deal is None else day(deal)
    )
    return list(parts(cents, journey.weights(model, half_life)))


@pytest.mark.parametrize("model", Model)
def test_one_touch_takes_all(model):
    """Whatever the model, and with or without milestones."""
    assert shared(model, 0) == [10_000]
    assert shared(model, 0, lead=0, deal=3) == [10_000]


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Model.FIRST, [10_000, 0, 0, 0, 0]),
        (Model.LAST, [0, 0, 0, 0, 10_000]),
        (Model.LINEAR, [2_000, 2_000, 2_000, 2_000, 2_000]),
        (Model.U, [4_000, 667, 667, 666, 4_000]),
        (Model.W, [3_000, 3_000, 500, 3_000, 500]),
    ],
)
def test_five_touches_with_every_milestone(model, expected):
    """40/20/40 and 30/30/30/10; a cent left over goes to the earlier of equal touches."""
    assert shared(model, 0, 2, 4, 6, 9, lead=2, deal=7) == expected


def test_two_touches_in_u_share_half_and_half():
    """There is none between them to take the 20 %."""
    assert shared(Model.U, 0, 5) == [5_000, 5_000]


@pytest.mark.parametrize(
    ("lead", "deal", "expected"),
    [
        (None, 6, [4_286, 714, 714, 4_286]),  # 30 : 5 : 5 : 30 of 70
        (2, None, [4_286, 4_286, 714, 714]),  # 30 : 30 : 5 : 5 of 70
        (None, None, [7_500, 834, 833, 833]),  # 30 : 10 of 40
        (-1, 6, [4_286, 714, 714, 4_286]),  # created before any touch: nothing brought it that we know of
    ],
)
def test_the_part_of_a_missing_milestone_goes_to_the_others_in_proportion(lead, deal, expected):
    """Never to nobody: the deal is shared whole."""
    assert shared(Model.W, 0, 2, 4, 6, lead=lead, deal=deal) == expected


def test_a_touch_of_two_milestones_takes_both_parts():
    """The form that was the first touch and made the lead."""
    assert shared(Model.W, 0, 4, 6, lead=0, deal=6) == [6_000, 1_000, 3_000]


def test_milestones_without_a_rest_keep_their_proportion():
    """60 to 30, without the 10 % of touches that are not there."""
    assert shared(Model.W, 0, 6, lead=0, deal=6) == [6_667, 3_333]


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Model.FIRST, [5_000, 5_000, 0]),
        (Model.LAST, [0, 0, 10_000]),
        (Model.U, [2_500, 2_500, 5_000]),
    ],
)
def test_touches_of_one_instant_share_their_part(model, expected):
    """Nobody knows which was first, and the order of names would be a decision."""
    assert shared(model, 0, 0, 4, lead=0, deal=4) == expected


def test_in_w_touches_of_one_instant_share_both_milestones():
    """First and lead: 60 for two of them, 30 for the one of the deal."""
    assert shared(Model.W, 0, 0, 4, lead=0, deal=4) == [3_334, 3_333, 3_333]


def test_a_touch_weighs_half_as_much_a_half_life_earlier():
    """2^(−Δt/h): 1 : 2 : 4 with touches a half-life apart."""
    assert shared(Model.TIME_DECAY, 0, 7, 14, cents=7_000) == [1_000, 2_000, 4_000]
    assert shared(Model.TIME_DECAY, 0, 30, half_life=30, cents=300) == [100, 200]


def test_time_decay_forgets_a_touch_of_long_ago_without_an_error():
    """Ten years at a week's half-life weigh nothing in whole numbers."""
    assert shared(Model.TIME_DECAY, 0, 3_650) == [0, 10_000]
    assert Journey((day(0),)).weights(Model.TIME_DECAY) == (FINEST,)


def test_a_credit_is_split_as_its_opposite_is():
    """Minus signs move no cent."""
    assert parts(-100, (1, 1, 1)) == tuple(-part for part in parts(100, (1, 1, 1))) == (-34, -33, -33)


def test_touches_out_of_order_are_refused():
    """First and last would be others."""
    with pytest.raises(Refusal, match="order of their time"):
        Journey((day(2), day(1)))


@pytest.mark.parametrize("days", [0, -1, 1e9, float("nan")])
def test_a_half_life_that_weighs_nothing_is_refused(days):
    """With what would do."""
    with pytest.raises(Refusal, match=r"between 0\.5 and 3,650 days"):
        Rules(half_life=days)


moments = st.integers(0, 400 * 24).map(lambda hours: START + timedelta(hours=hours))


@given(
    st.lists(moments, min_size=1, max_size=12).map(sorted).map(tuple),
    st.none() | moments,
    st.none() | moments,
    st.integers(-10_000_000_00, 10_000_000_00),
    st.floats(0.5, 3_650),
)
def test_the_parts_of_every_model_sum_to_the_deal(touched, lead, deal, cents, half_life):
    """To the cent, none of them on the other side of zero, and no model gives all to nobody."""
    journey = Journey(touched, lead, deal)
    for model in Model:
        weights = journey.weights(model, half_life)
        found = parts(cents, weights)
        assert sum(found) == cents
        assert all(part * cents >= 0 for part in found)
        exact = [cents * weight for weight in weights]
        assert all(
            abs(part * sum(weights) - due) < sum(weights) for part, due in zip(found, exact, strict=True)
        )


@given(
    st.lists(moments, min_size=1, max_size=8).map(sorted).map(tuple), st.none() | moments, st.none() | moments
)
def test_touches_of_one_instant_weigh_alike(touched, lead, deal):
    """So no order among them can change what anybody gets, but for a cent of rounding."""
    journey = Journey(touched, lead, deal)
    for model in Model:
        weighed = {}
        for at, weight in zip(touched, journey.weights(model), strict=True):
            weighed.setdefault(at, set()).add(weight)
        assert all(len(weights) == 1 for weights in weighed.values())
