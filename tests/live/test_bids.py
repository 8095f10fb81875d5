"""Rules of the box of sealed bids: it holds one a side, and opens for both or not at all."""

from threading import Barrier, Thread

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.bid import Bid
from alignment.domain.refusal import Refusal
from alignment.live.bids import BidBox, Sealed

HOT = "levels.2.cutoff"
ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)


def sealed(who, value):
    """Return a bid as the box keeps it."""
    return Sealed(Bid(who, value), base=1, seen_seq=0, screen="one")


@pytest.fixture
def full():
    """Return a box with both sides' bids on one field."""
    box = BidBox()
    box.put(HOT, sealed(ADA, 55))
    box.put(HOT, sealed(BO, 65))
    return box


def test_a_sealed_bid_is_never_printed_with_its_value():
    """A traceback or a log line shows who bid, not what."""
    assert "4711" not in repr(sealed(ADA, 4711))
    assert "Ada" in repr(sealed(ADA, 4711))


def test_a_side_has_one_bid_a_field(full):
    """The newest one counts."""
    full.put(HOT, sealed(ADA, 58))

    assert full.open_both(HOT, lambda marketing, sales: (marketing.bid.value, sales.bid.value)) == (58, 65)


def test_one_side_alone_opens_nothing():
    """It takes both."""
    box = BidBox()
    box.put(HOT, sealed(ADA, 55))

    with pytest.raises(Refusal, match="once both sides are ready"):
        box.open_both(HOT, lambda *both: both)


def test_what_could_not_be_recorded_stays_sealed(full):
    """A ledger out of reach loses no bid."""

    def fails(*_both):
        raise OSError("out of reach")

    with pytest.raises(OSError, match="out of reach"):
        full.open_both(HOT, fails)

    assert set(full.sealed()[HOT]) == {Side.MARKETING, Side.SALES}


def test_of_two_who_open_at_once_one_does(full):
    """A bid is recorded once, whoever presses."""
    records, refusals, together = [], [], Barrier(2)

    def press():
        together.wait()
        try:
            full.open_both(HOT, lambda *both: records.append(both))
        except Refusal as refusal:
            refusals.append(refusal)

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(records), len(refusals)) == (1, 1)


def test_every_turn_is_counted(full):
    """A screen without a live line sees that there is something new."""
    seen = [full.turns]
    full.take_out(HOT, Side.SALES)
    seen.append(full.turns)
    full.put(HOT, sealed(BO, 60))
    seen.append(full.turns)
    full.open_both(HOT, lambda *both: both)
    seen.append(full.turns)

    assert seen == sorted(set(seen))


def test_a_void_bid_is_taken_out_only_if_nobody_has_put_another_in(full):
    """Dropping the old one never drops the new one."""
    old = full.sealed()[HOT][Side.MARKETING]
    full.put(HOT, sealed(ADA, 58))

    assert not full.take_out(HOT, Side.MARKETING, old)
    assert Side.MARKETING in full.sealed()[HOT]
