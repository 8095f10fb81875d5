"""Measure everything: `python -m bench`; the smallest company only: `python -m bench --quick`."""

import sys

from bench import cube, whatif

QUICK = ("100k",)


def main(arguments: list[str]) -> None:
    """Run every benchmark, the quick ones only where asked."""
    sizes = QUICK if "--quick" in arguments else ("100k", "1m", "10m")
    whatif.measure(sizes)
    cube.measure(sizes[-1])


if __name__ == "__main__":
    main(sys.argv[1:])
