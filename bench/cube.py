"""The cube of ten million leads: built from the file in a program of its own, with the memory that takes."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from alignment import whatif
from alignment.store.warehouse import Warehouse
from bench import companies, moves
from bench.results import record

RUNS = 3
UNITS = {"build_s": "s", "first_figures_s": "s", "memory_gb": "GB"}
KILOBYTES_A_GB = 1_000_000 if sys.platform != "darwin" else 1_000_000_000


def measure(size: str) -> None:
    """Measure the build and the peak memory of a program that then moves sliders."""
    path = companies.warehouse(size)
    command = [sys.executable, "-m", "bench.cube", str(path)]
    runs = [json.loads(subprocess.check_output(command, text=True)) for _ in range(RUNS)]
    for name, unit in UNITS.items():
        record(f"cube.{size}.{name}", median(run[name] for run in runs), unit)


def _alone(path: Path) -> dict[str, float]:
    start = perf_counter()
    snapshot = Warehouse(path).snapshot()
    whatif.candidates(snapshot)
    whatif.scales(snapshot, moves.IN_FORCE)
    whatif.judged_by(snapshot)
    asked = perf_counter()
    whatif.impact(snapshot, moves.IN_FORCE, moves.IN_FORCE)
    built = perf_counter()
    for draft in moves.points(3):
        whatif.impact(snapshot, moves.IN_FORCE, draft, opened=moves.OPENED)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_A_GB
    return {"build_s": built - asked, "first_figures_s": built - start, "memory_gb": peak}


if __name__ == "__main__":
    print(json.dumps(_alone(Path(sys.argv[1]))))
