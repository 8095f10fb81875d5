"""The rule that a load killed at any moment leaves the old tables or the new ones, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from alignment.store.intake import failed_load
from alignment.store.warehouse import Warehouse

LOADS = 30
ROWS = (3_000, 4_000)
LOADER = """
import os, signal, sys, time
from pathlib import Path
from alignment.store.intake import Sources, load

print("ready", flush=True)
for line in sys.stdin:
    source, warehouse, after_s = line.split()
    began, child = time.monotonic(), os.fork()
    if not child:
        load(Sources(Path(source)), Path(warehouse))
        os._exit(0)
    while time.monotonic() - began < float(after_s) and not os.waitid(
        os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT
    ):
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(time.monotonic() - began, "killed" if os.WIFSIGNALED(status) else "done", flush=True)
"""


@pytest.fixture
def loader():
    """Return a process that loads a file in a child and kills it: `loader(source, warehouse, after_s)`."""
    with subprocess.Popen(
        [sys.executable, "-c", LOADER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout.readline() == "ready\n"

        def load(source, warehouse, after_s):
            print(source, warehouse, after_s, file=process.stdin, flush=True)
            seconds, how = process.stdout.readline().split()
            return float(seconds), how

        yield load
        process.stdin.close()


def leads_in(path):
    """Return how many leads a reader finds, each with all its columns."""
    query = "select count(*), count(lead_id || created_at || name) from leads"
    rows, whole = Warehouse(path).snapshot().connection.cursor().execute(query).fetchone()
    assert rows == whole
    return rows


def test_loads_killed_at_any_moment_leave_the_old_tables_or_the_new_ones(loader, tmp_path):
    """Thirty loads, killed at moments spread over a whole one: a reader always finds all rows of one."""
    folder = tmp_path / "data"
    folder.mkdir()
    sources, warehouse = [], folder / "accord.duckdb"
    for rows in ROWS:
        sources.append(tmp_path / f"{rows}.csv")
        lines = (f"lead {row},2026-07-01 08:00:00,name of {row}\n" for row in range(rows))
        sources[-1].write_text("lead_id,created_at,name\n" + "".join(lines), encoding="utf-8")
    whole_s, _ = loader(sources[0], warehouse, 60)
    there, killed = ROWS[0], 0

    for place in range(LOADS):
        new = (place + 1) % 2
        seconds, how = loader(sources[new], warehouse, 1.1 * whole_s * place / LOADS)
        whole_s = seconds if how == "done" else whole_s  # as fast as the machine is by now
        found = leads_in(warehouse)
        assert found in ({there, ROWS[new]} if how == "killed" else {ROWS[new]})
        there, killed = found, killed + (how == "killed")

    assert killed > LOADS / 3
    assert loader(sources[0], warehouse, 60)[1] == "done"
    assert failed_load(warehouse) is None
    assert {path.name for path in folder.iterdir()} == {"accord.duckdb", ".accord.duckdb.lock"}
