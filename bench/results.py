"""The figures measured, printed as they come and kept in bench/latest.json."""

import json
from pathlib import Path

LATEST = Path(__file__).with_name("latest.json")


def record(name: str, value: float, unit: str) -> None:
    """Print one figure and merge it into the file of the latest ones."""
    print(f"{name:36} {value:14,.4g} {unit}", flush=True)
    known = json.loads(LATEST.read_text(encoding="utf-8")) if LATEST.exists() else {}
    known[name] = {"value": float(f"{value:.4g}"), "unit": unit}
    LATEST.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
