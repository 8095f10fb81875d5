"""What the tests of the digest share: a small business, its record, and how it is told."""

from datetime import date, datetime

from alignment import report
from alignment.domain.agreement import Person, Side, Signature, Terms, Version
from alignment.domain.definition import Definition
from alignment.domain.digest import Record
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import AnswerPromise, Promise
from alignment.ui import digest_words
from alignment.ui.digest_parts import Teller
from alignment.ui.words import Words

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
NOW = "2026-11-01 12:00:00"
LEADS = """
    lead_id  created_at  mql_at      sql_at
    ada      2026-10-01  2026-10-02  2026-10-28
    bob      2026-10-26  2026-10-27  -
    cyd      2026-10-31  -           -
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   amount  is_won  is_closed
    d1       ada      2026-10-03  2026-10-20  1200    true    true
    d2       bob      2026-10-05  2026-10-28  800     true    true
    d3       -        2026-10-05  2026-10-29  500     false   true
    d4       -        2026-10-07  -           400     -       false
"""


def goal(amount, at, *, reason="", who=BO):
    """Return a goal of whole euros for the fourth quarter."""
    return Goal(Q4, Money(amount * 100, "EUR"), who, at, reason)


def version(number, effective_on, *people, at=None, reason=""):
    """Return a version signed by these people on a day of October."""
    signed = tuple(Signature(who, datetime(2026, 10, 2, 9), 0) for who in people)
    return Version(number, Definition(), Terms(reason, effective_on), signed, at=at)


def promise(percent, at):
    """Return Bo's promise of answers for the fourth quarter."""
    return Promise(Q4, AnswerPromise(percent), BO, at, "" if at.month < 10 else "More of us now")


def told(snapshot, *, company="", since=None, period=None, loads=(), **record):
    """Return the digest of a load and a record, in words."""
    wanted = report.Wanted(record=Record(**record), since=since, period=period, loads=loads)
    found = report.digest(snapshot, wanted)
    return digest_words.said(found, Teller(Words.of("en"), snapshot.zone), company, "Data as of now.")


def lines(said, title):
    """Return the lines of the block whose heading begins so."""
    return next(block.lines for block in said.blocks if block.title.startswith(title))


def figure(said, name):
    """Return value and detail of a figure."""
    return next((each.value, each.detail) for each in said.figures if each.name.startswith(name))
