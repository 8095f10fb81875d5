"""The rule that a kill at any moment loses nothing that was acknowledged."""

import subprocess
import sys
import time

import pytest

from alignment.domain.agreement import Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.store.ledger import Ledger

WRITER = """
import sys
from datetime import datetime
from alignment.domain.agreement import Person, Side
from alignment.store.ledger import Ledger

ledger = Ledger(sys.argv[1], lambda: [])
ada, bo, noon = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), datetime(2026, 7, 1)
print("ready", flush=True)
while True:
    _, draft = ledger.draft()
    points = draft.value_of("criteria.employees.points")
    for field, value in (("criteria.employees.points", (points + 1) % 50), ("terms.reason", f"from {points}"),
                         ("terms.effective_on", "2026-08-01")):
        if edit := ledger.append(ada, field, value, ledger.draft()[1].seq, noon):
            print("edit", edit.seq, flush=True)
    seq = ledger.draft()[1].seq
    ledger.sign(ada, seq, {}, noon)
    print("signature", seq, flush=True)
    print("version", ledger.sign(bo, seq, {}, noon).number, flush=True)
"""


def first_versions():
    """Begin with one criterion whose points the writer moves."""
    return [
        Version(
            1,
            Definition(criteria=(Criterion("employees", "employees", Comparison.AT_LEAST, 50, 15),)),
            Terms("start"),
        )
    ]


@pytest.mark.parametrize("after", [1, 2, 4, 5, 13, 27])
def test_a_killed_writer_loses_no_acknowledged_edit_signature_or_version(tmp_path, after):
    """Kill it at some moment, open the file again: all it had reported is there, and writing goes on."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    Ledger(url, first_versions).close()
    with subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "ready\n"
        first = [writer.stdout.readline() for _ in range(after)]
        time.sleep(after / 3_000)  # another moment of the next write each time
        writer.kill()
        reported = [line.split() for line in (*first, *writer.stdout.read().splitlines())]

    ledger = Ledger(url, first_versions)
    _, draft = ledger.draft()
    newest = {
        word: max((int(number) for kind, number in reported if kind == word), default=0)
        for word in ("edit", "version")
    }
    signed = {signature.seq for version in ledger.versions() for signature in version.signatures}
    signed |= {signature.seq for signature in draft.signatures}

    assert draft.seq >= newest["edit"]
    assert draft.base.number >= newest["version"]
    assert {int(number) for kind, number in reported if kind == "signature"} <= signed
    ledger.close()
