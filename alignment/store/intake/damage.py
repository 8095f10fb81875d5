"""What a spreadsheet did to a file before it came here: reported, for it can't be undone."""

import re

from alignment.domain.contract import Kind
from alignment.domain.known_names import folded
from alignment.metrics.query import literal
from alignment.store.intake.samples import Sample
from alignment.store.intake.workbench import Workbench

_MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TURNED = rf"\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{2}}"
_RANGE = re.compile(r"\d[\d,.]* ?(?:-|–|to) ?\d[\d,.]*|\d[\d,.]*\+|[<>]=? ?\d+")
_SHORTENED = r"\d([.,]\d+)?E\+\d{1,2}"
_DIGITS = "[0-9]+"
_CODES = ("zip", "zipcode", "postal", "postalcode", "postcode", "plz", "cep", "pincode")


def damage(bench: Workbench, relation: str, value: str, sample: Sample, name: str, kind: Kind) -> str:
    """Return what a spreadsheet has done to a column, "" where nothing is to be seen."""
    if kind in {Kind.INSTANT, Kind.DAY, Kind.FLAG}:
        return ""
    if _holds(sample, _SHORTENED):
        count, example = _count(bench, relation, value, _SHORTENED)
        shortened = f"{count:,} values such as “{example}” were shortened by a spreadsheet"
        return f"{shortened}, their last digits are lost"
    if kind is Kind.TEXT and _holds(sample, _TURNED) and any(_RANGE.fullmatch(text) for text in sample.more):
        count, example = _count(bench, relation, value, _TURNED)
        return f"{count:,} values such as “{example}” were ranges until a spreadsheet took them for dates"
    if folded(name).endswith(_CODES) and kind is not Kind.KEY:
        return _lost_zeros(bench, relation, value)
    return ""


def _holds(sample: Sample, pattern: str) -> bool:
    seen = (sample.least, sample.greatest, *sample.more)
    return any(re.fullmatch(pattern, text) for text in seen if text)


def _count(bench: Workbench, relation: str, value: str, pattern: str) -> tuple[int, str]:
    count, example = bench.one(
        f"select count(*), min({value}) from {relation} "
        f"where problem is null and regexp_full_match({value}, {literal(pattern)})"
    )
    return count, example


def _lost_zeros(bench: Workbench, relation: str, value: str) -> str:
    """Tell of codes one digit short in a column of codes of one length, none of which begins with a zero."""
    rows = bench.run(
        f"select length({value}), count(*), min({value}), count(*) filter ({value} like '0%') "
        f"from {relation} where problem is null and regexp_full_match({value}, '{_DIGITS}') "
        "group by 1 order by 2 desc, 1"
    )
    if len(rows) < 2 or any(zeros for _length, _count, _example, zeros in rows):  # noqa: PLR2004
        return ""
    usual = rows[0][0]
    short = [row for row in rows if row[0] == usual - 1]
    if not short:
        return ""
    count, example = short[0][1], short[0][2]
    short_ones = f"{count:,} values such as “{example}” are one digit short"
    return f"{short_ones}: a spreadsheet may have dropped their first zero"
