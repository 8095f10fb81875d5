"""Rules of the ledger: what is written stays, in order, and never over what somebody else wrote."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from alignment.domain.agreement import Edit, Person, Side, Terms, Version
from alignment.domain.bid import Bid
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import DefinitionError, LedgerError, NotAllowedError, StaleEditError
from alignment.store import ledger_goals
from alignment.store import ledger_rows as rows
from alignment.store.ledger import Ledger
from alignment.store.ledger_schema import EDITS

ADA = Person("Ada", Side.MARKETING)
BO = Person("Bo", Side.SALES)
NOON = datetime(2026, 7, 1, 12)
POINTS = "criteria.employees.points"
DEFINITION = Definition(criteria=(Criterion("employees", "employees", Comparison.AT_LEAST, 50, 15),))
QUARTER = Period(date(2026, 7, 1), date(2026, 10, 1))


def first_versions():
    """Begin with one version in force."""
    return [Version(1, DEFINITION, Terms("where we start", date(2026, 1, 1)))]


@pytest.fixture
def url(tmp_path):
    """Name a ledger file of its own."""
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


@pytest.fixture
def ledger(url):
    """Open a fresh ledger with one version."""
    opened = Ledger(url, first_versions)
    yield opened
    opened.close()


def make_ready(ledger):
    """Change something and say why and from when; return the newest edit's number."""
    seq = ledger.draft()[1].seq
    points = ledger.draft()[1].value_of(POINTS)
    ledger.append(ADA, POINTS, points + 1, seq, NOON)
    ledger.append(ADA, "terms.reason", "small companies buy too", seq, NOON)
    return ledger.append(ADA, "terms.effective_on", "2026-08-01", seq, NOON).seq


def test_an_edit_is_there_after_reopening(ledger, url):
    """What was written is read back by whoever opens the file next."""
    ledger.append(ADA, POINTS, 20, 0, NOON)
    ledger.close()

    reopened = Ledger(url, first_versions)

    (edit,) = reopened.draft()[1].edits
    assert (edit.seq, edit.who, edit.field, edit.before, edit.after, edit.at) == (
        1,
        ADA,
        POINTS,
        15,
        20,
        NOON,
    )
    reopened.close()


def test_an_edit_on_a_value_that_changed_meanwhile_is_refused_with_who_and_what(ledger):
    """Nobody's change is overwritten by somebody who had not seen it."""
    ledger.append(ADA, POINTS, 20, 0, NOON)

    with pytest.raises(
        StaleEditError, match="Ada set points of employees to 20 meanwhile; your change was not applied"
    ):
        ledger.append(BO, POINTS, 30, 0, NOON)

    assert ledger.draft()[1].value_of(POINTS) == 20


def test_edits_of_different_fields_do_not_refuse_each_other(ledger):
    """Two people move two sliders at once."""
    ledger.append(ADA, POINTS, 20, 0, NOON)
    ledger.append(BO, "levels.1.cutoff", 40, 0, NOON)

    assert ledger.draft()[1].seq == 2


def test_an_edit_seen_before_a_version_came_into_force_is_still_stale(ledger):
    """A new version doesn't hide that the field changed since the person looked."""
    seq = make_ready(ledger)
    ledger.sign(ADA, seq, {}, NOON)
    ledger.sign(BO, seq, {}, NOON)

    with pytest.raises(StaleEditError, match="Ada set points of employees to 16"):
        ledger.append(BO, POINTS, 30, 0, NOON)


def test_an_edit_to_the_same_value_is_no_edit(ledger):
    """An echo of what is there already adds nothing to the log and voids no signature."""
    assert ledger.append(ADA, POINTS, 15, 0, NOON) is None
    assert ledger.draft()[1].edits == ()


def test_a_side_that_takes_what_the_other_has_put_in_is_on_record(ledger):
    """The draft stays as it is; where sales stands changed."""
    ledger.append(ADA, POINTS, 20, 0, NOON)

    edit = ledger.append(BO, POINTS, 20, 1, NOON)

    assert (edit.who, edit.before, edit.after) == (BO, 20, 20)
    assert ledger.draft()[1].position_of(Side.SALES) == ledger.draft()[1].definition
    assert ledger.append(BO, POINTS, 20, 2, NOON) is None


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        (POINTS, 51, Refusal),
        (POINTS, "many", Refusal),
        ("criteria.nobody.points", 5, Refusal),
        ("levels.0.cutoff", 10, Refusal),
        ("levels.9.cutoff", 10, Refusal),
        ("levels", 7, DefinitionError),
        ("criteria.new", [1], DefinitionError),
        ("terms.effective_on", "soon", DefinitionError),
        ("nonsense", 1, Refusal),
    ],
)
def test_a_value_that_makes_no_definition_is_refused(ledger, field, value, error):
    """The draft can always be built."""
    with pytest.raises(error):
        ledger.append(ADA, field, value, 0, NOON)

    assert ledger.draft()[1].edits == ()


def test_undo_takes_back_the_persons_own_newest_edit(ledger):
    """Ada's undo leaves Bo's edit alone."""
    ledger.append(ADA, POINTS, 20, 0, NOON)
    ledger.append(BO, "levels.1.cutoff", 40, 1, NOON)

    edit = ledger.undo(ADA, NOON)

    assert (edit.field, edit.after, edit.undoes) == (POINTS, 15, 1)
    assert ledger.draft()[1].value_of("levels.1.cutoff") == 40


def test_undo_is_refused_once_somebody_built_on_the_edit(ledger):
    """What Bo set on top of Ada's value is not taken away by Ada's undo."""
    ledger.append(ADA, POINTS, 20, 0, NOON)
    ledger.append(BO, POINTS, 25, 1, NOON)

    with pytest.raises(Refusal, match="no change of yours"):
        ledger.undo(ADA, NOON)


def test_one_signature_puts_nothing_in_force(ledger):
    """It takes both sides."""
    seq = make_ready(ledger)

    assert ledger.sign(ADA, seq, {}, NOON) is None
    assert [version.number for version in ledger.versions()] == [1]


def test_the_second_sides_signature_puts_the_next_version_in_force(ledger):
    """Its definition, reason, day, prediction and signers are on record, and a fresh draft stands on it."""
    seq = make_ready(ledger)
    ledger.sign(ADA, seq, {"leads_a_week": 40}, NOON)

    version = ledger.sign(BO, seq, {"leads_a_week": 41}, NOON + timedelta(minutes=5))

    assert version.number == 2
    assert version.definition.criterion("employees").points == 16
    assert version.terms == Terms("small companies buy too", date(2026, 8, 1))
    assert version.prediction == {"leads_a_week": 41}
    assert [signature.who for signature in version.signatures] == [ADA, BO]
    assert ledger.versions()[-1] == version
    draft = ledger.draft()[1]
    assert (draft.base, draft.edits, draft.signatures, draft.seq) == (version, (), (), seq)


def test_edits_go_on_counting_after_a_version(ledger):
    """A number names one edit for ever."""
    seq = make_ready(ledger)
    ledger.sign(ADA, seq, {}, NOON)
    ledger.sign(BO, seq, {}, NOON)

    assert ledger.append(BO, POINTS, 30, seq, NOON).seq == seq + 1


def test_two_people_of_one_side_do_not_make_an_agreement(ledger):
    """Marketing can't agree with itself."""
    seq = make_ready(ledger)
    ledger.sign(ADA, seq, {}, NOON)

    assert ledger.sign(Person("Cleo", Side.MARKETING), seq, {}, NOON) is None


def test_one_person_cannot_sign_for_both_sides(ledger):
    """Joining again for the other side makes no second pair of eyes."""
    seq = make_ready(ledger)
    ledger.sign(ADA, seq, {}, NOON)

    with pytest.raises(NotAllowedError, match="Ada has signed for marketing already"):
        ledger.sign(Person("ada ", Side.SALES), seq, {}, NOON)


def test_an_edit_voids_the_signature_before_it(ledger):
    """Bo signs another draft than Ada did, so nothing comes into force."""
    seq = make_ready(ledger)
    ledger.sign(ADA, seq, {}, NOON)
    seq = ledger.append(BO, POINTS, 30, seq, NOON).seq

    assert ledger.sign(BO, seq, {}, NOON) is None


def test_a_draft_that_changed_since_it_was_looked_at_cannot_be_signed(ledger):
    """A signature is for what the signer saw."""
    seq = make_ready(ledger)
    ledger.append(ADA, POINTS, 30, seq, NOON)

    with pytest.raises(StaleEditError, match="Ada changed points of employees meanwhile"):
        ledger.sign(BO, seq, {}, NOON)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, "nothing to sign"),
        ({POINTS: 20}, "reason"),
        ({POINTS: 20, "terms.reason": "because"}, "day"),
    ],
)
def test_a_draft_without_change_reason_or_day_cannot_be_signed(ledger, fields, missing):
    """What is missing is said."""
    for field, value in fields.items():
        ledger.append(ADA, field, value, 0, NOON)

    with pytest.raises(Refusal, match=missing):
        ledger.sign(ADA, len(fields), {}, NOON)


def test_signing_twice_counts_once(ledger):
    """A double click leaves one signature."""
    seq = make_ready(ledger)
    ledger.sign(ADA, seq, {}, NOON)
    ledger.sign(ADA, seq, {}, NOON)

    assert len(ledger.draft()[1].signatures) == 1


def edited(ledger):
    """Have Bo change the points."""
    ledger.append(BO, POINTS, 30, ledger.draft()[1].seq, NOON)


def taken_back(ledger):
    """Have Ada take back her newest change."""
    ledger.undo(ADA, NOON)


def signed(ledger):
    """Have Ada sign."""
    ledger.sign(ADA, ledger.draft()[1].seq, {}, NOON)


def put_in_force(ledger):
    """Have both sign, and Bo change something since."""
    for who in (ADA, BO):
        ledger.sign(who, ledger.draft()[1].seq, {}, NOON)
    edited(ledger)


def bids_opened(ledger):
    """Have both bids on the points opened."""
    ledger.save_reveal(POINTS, Bid(ADA, 10), Bid(BO, 30), ledger.draft()[1].seq, NOON)


def broken_off(ledger):
    """Have an edit break off after it was written, before it was committed."""
    with suppress(InterruptedError), ledger.writing() as connection:
        row = rows.edit_row(Edit(99, NOON, BO, POINTS, 16, 40), 1)
        connection.execute(sa.insert(EDITS).values(**row))
        raise InterruptedError


@pytest.mark.parametrize("happens", [edited, taken_back, signed, put_in_force, bids_opened, broken_off])
@pytest.mark.parametrize("is_elsewhere", [True, False])
def test_a_draft_known_before_is_the_draft_that_is_there(ledger, url, happens, is_elsewhere):
    """Whatever happens, in this process or in another: who looked before sees what a newcomer sees."""
    make_ready(ledger)
    known = ledger.draft()[1]
    known.position_of(Side.SALES)
    happens(Ledger(url, first_versions) if is_elsewhere else ledger)

    revision, draft = ledger.draft()
    found = Ledger(url, first_versions).draft()
    assert (revision, draft) == found
    assert draft.definition == found[1].definition
    assert [draft.position_of(side) for side in Side] == [found[1].position_of(side) for side in Side]


def test_every_write_raises_the_revision(ledger):
    """Whoever remembers the revision knows whether there is anything new."""
    seen = [ledger.revision()]
    seq = make_ready(ledger)
    seen.append(ledger.revision())
    ledger.sign(ADA, seq, {}, NOON)
    seen.append(ledger.revision())
    ledger.sign(BO, seq, {}, NOON)
    seen.append(ledger.revision())
    with ledger.writing() as connection:
        ledger_goals.save(connection, Goal(QUARTER, Money(100, "EUR"), ADA, NOON))
    seen.append(ledger.revision())

    assert seen == sorted(set(seen))


def test_a_ledger_begins_with_the_signed_versions_it_was_given(url):
    """The history from before is told with its signers."""
    versions = [
        Version(1, DEFINITION, Terms("start")),
        Version(2, DEFINITION.with_points("employees", 20), Terms("fit counts", date(2026, 1, 1)), at=NOON),
    ]
    ledger = Ledger(url, lambda: versions)

    assert ledger.versions() == tuple(versions)
    assert ledger.draft()[1].base == versions[1]
    ledger.close()


def test_an_address_that_is_no_database_is_told_with_what_to_check(tmp_path):
    """The operator reads which setting is wrong."""
    with pytest.raises(LedgerError, match="Check its address"):
        Ledger("nonsense://nowhere", first_versions)
    (tmp_path / "ledger.sqlite").write_text(
        "this is no database, and never was one; it is longer than a header."
    )
    with pytest.raises(LedgerError, match="can't be opened"):
        Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", first_versions)
