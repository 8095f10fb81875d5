"""Measure everything: `python -m bench`; the smallest company only: `python -m bench --quick`."""

import sys

from bench import cube, forecast, intake, live, pages, segments, start, suggest, whatif


def main(arguments: list[str]) -> None:
    """Run every benchmark, or the quick ones where asked."""
    is_quick = "--quick" in arguments
    start.measure()
    live.measure()
    pages.measure(() if is_quick else ("1m",))
    # The cube before this program grows: the peak memory of a child starts at its parent's.
    cube.measure("100k" if is_quick else "10m")
    whatif.measure(("100k",) if is_quick else ("100k", "1m", "10m"))
    suggest.measure(("100k",) if is_quick else ("1m", "10m"))
    forecast.measure(("100k",) if is_quick else ("100k", "1m"))
    segments.measure(("100k",) if is_quick else ("1m", "10m"))
    for size in ("100k",) if is_quick else ("1m", "10m"):
        intake.measure(size)


if __name__ == "__main__":
    main(sys.argv[1:])
