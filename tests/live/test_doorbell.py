"""Rules of the doorbell: who is rung, how often, and what everybody sees of each other."""

import asyncio
from threading import Thread
from time import monotonic

from alignment.domain.agreement import Person, Side
from alignment.live.doorbell import STAGGER_S, Doorbell
from alignment.live.ticket import Ticket

ADA = Ticket("ada-1", Person("Ada", Side.MARKETING))
BO = Ticket("bo-1", Person("Bo", Side.SALES))
HOOK = "field_0123456789ab"


async def entered(doorbell, *tickets):
    """Let screens in and drink up what they are told on entering."""
    screens = [doorbell.enter(ticket) for ticket in tickets]
    for screen in screens:
        await doorbell.next_message(screen)
    return screens


def is_silent(screen):
    """Tell whether nothing is waiting for a screen."""
    return not screen.awake.is_set()


def test_everybody_is_rung_but_the_author():
    """Ada's own screen has its answer already."""

    async def rule():
        doorbell = Doorbell()
        ada, bo = await entered(doorbell, ADA, BO)

        doorbell.ring(7, author="ada-1")
        message = await doorbell.next_message(bo)

        assert (message["ring"], message["revision"]) == (True, 7)
        assert is_silent(ada)

    asyncio.run(rule())


def test_a_persons_second_screen_is_rung_too():
    """The author is a screen, not a person: Ada's laptop hears of Ada's wall."""

    async def rule():
        doorbell = Doorbell()
        _, laptop = await entered(doorbell, ADA, Ticket("ada-2", ADA.who))

        doorbell.ring(7, author="ada-1")

        assert (await doorbell.next_message(laptop))["ring"]

    asyncio.run(rule())


def test_a_burst_of_changes_rings_once_with_the_newest_revision():
    """Ten quick edits cost the others one look."""

    async def rule():
        doorbell = Doorbell()
        _, bo = await entered(doorbell, ADA, BO)

        for revision in range(1, 11):
            doorbell.ring(revision, author="ada-1")
        message = await doorbell.next_message(bo)
        await asyncio.sleep(0)

        assert (message["ring"], message["revision"]) == (True, 10)
        assert is_silent(bo)

    asyncio.run(rule())


def test_a_late_ring_does_not_turn_the_revision_back():
    """Two threads may ring in the wrong order."""
    doorbell = Doorbell()
    doorbell.ring(9)
    doorbell.ring(8)

    assert doorbell.revision == 9


def test_screens_are_rung_one_after_the_other():
    """The third screen waits for two staggers: the server is not asked by all at once."""

    async def rule():
        doorbell = Doorbell()
        screens = await entered(doorbell, ADA, BO, Ticket("cy-1", Person("Cy", Side.SALES)))
        started = monotonic()
        doorbell.ring(1, author="ada-1")

        await doorbell.next_message(screens[2])

        assert monotonic() - started >= 2 * STAGGER_S

    asyncio.run(rule())


def test_the_bell_is_rung_from_another_thread():
    """Edits are made on the threads of the scripts."""

    async def rule():
        doorbell = Doorbell()
        _, bo = await entered(doorbell, ADA, BO)
        Thread(target=doorbell.ring, args=(3,)).start()

        message = await asyncio.wait_for(doorbell.next_message(bo), 5)

        assert message["ring"]

    asyncio.run(rule())


def test_who_comes_and_who_leaves_is_seen_without_a_ring():
    """Presence is no reason to look at the draft again."""

    async def rule():
        doorbell = Doorbell()
        (ada,) = await entered(doorbell, ADA)
        bo = doorbell.enter(BO)
        came = await doorbell.next_message(ada)
        doorbell.leave(bo)
        left = await doorbell.next_message(ada)

        assert [person["name"] for person in came["here"]] == ["Ada", "Bo"]
        assert [person["name"] for person in left["here"]] == ["Ada"]
        assert not came["ring"]
        assert not left["ring"]

    asyncio.run(rule())


def test_a_person_with_two_screens_is_here_once():
    """The list is of people."""

    async def rule():
        doorbell = Doorbell()
        screens = await entered(doorbell, ADA, Ticket("ada-2", ADA.who), BO)

        assert [(person["name"], person["you"]) for person in doorbell.here(screens[1])] == [
            ("Ada", True),
            ("Bo", False),
        ]

    asyncio.run(rule())


def test_who_moves_what_is_seen_until_they_let_go():
    """The others see whose finger is on which field."""

    async def rule():
        doorbell = Doorbell()
        ada, bo = await entered(doorbell, ADA, BO)
        doorbell.move(ada, HOOK)
        held = (await doorbell.next_message(bo))["here"][0]["moves"]
        doorbell.move(ada, None)
        let_go = (await doorbell.next_message(bo))["here"][0]["moves"]

        assert (held, let_go) == (HOOK, None)

    asyncio.run(rule())


def test_what_is_no_fields_hook_is_not_passed_on():
    """A screen can't make the others show a text of its choosing."""

    async def rule():
        doorbell = Doorbell()
        (ada,) = await entered(doorbell, ADA)
        for sent in ("<b>evil</b>", "x" * 500, 7, ["field"], {"a": 1}, "../.."):
            doorbell.move(ada, sent)

            assert doorbell.here()[0]["moves"] is None

    asyncio.run(rule())


def test_ringing_a_screen_whose_server_loop_has_ended_harms_nobody():
    """A restart closes the loop before the last edit's thread is done."""
    doorbell = Doorbell()
    asyncio.run(entered(doorbell, ADA))

    doorbell.ring(1)

    assert doorbell.revision == 1
