"""The cube of ten million leads: built from the file in a program of its own, with the memory that takes."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from alignment import whatif
from alignment.store.warehouse import Warehouse
from bench import companies, moves
from bench.results import record

KILOBYTES_A_GB = 1_000_000 if sys.platform != "darwin" else 1_000_000_000


def measure(size: str) -> None:
    """Measure the build and the peak memory of a program that then moves sliders."""
    path = companies.warehouse(size)
    command = [sys.executable, "-m", "bench.cube", str(path)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    for name, (value, unit) in json.loads(told).items():
        record(f"cube.{size}.{name}", value, unit)


def _alone(path: Path) -> dict[str, tuple[float, str]]:
    start = perf_counter()
    snapshot = Warehouse(path).snapshot()
    whatif.scales(snapshot, moves.IN_FORCE)
    whatif.judged_by(snapshot)
    asked = perf_counter()
    whatif.impact(snapshot, moves.IN_FORCE, moves.IN_FORCE)
    built = perf_counter()
    for draft in moves.points(3):
        whatif.impact(snapshot, moves.IN_FORCE, draft, opened=moves.OPENED)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_A_GB
    return {
        "build_s": (built - asked, "s"),
        "first_figures_s": (built - start, "s"),
        "memory_gb": (peak, "GB"),
    }


if __name__ == "__main__":
    print(json.dumps(_alone(Path(sys.argv[1]))))
