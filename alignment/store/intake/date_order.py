"""Day first or month first: proved by the whole column, said by a person, or asked; never guessed."""

from dataclasses import dataclass

from alignment.domain.mapping import DateOrder
from alignment.errors import UndecidedError
from alignment.store.intake.workbench import Workbench

_DECISIVE_SHARE = 0.05  # fewer proofs than this may be slips of the pen
_ANSWER = "Say which it is: --dates dmy (day first) or --dates mdy (month first)."
_SAME = "day and month are the same number in every value"


@dataclass(frozen=True)
class _Slashed:
    """The values such as 1/2/2026 with one mark: how many, and what they can be read as.

    `same` have one number for day and month; `example` can be read both ways; `swapped_year` is a value of a
    column whose two-digit years may stand first, None where they can't (with points they stand last, unless
    the last numbers vary more than the first).
    """

    mark: str
    total: int
    same: int
    day_first: int
    month_first: int
    example: str | None
    swapped_year: str | None

    @property
    def proofs(self) -> dict[DateOrder, int]:
        """Return how many values can be read in no other way, by order."""
        return {DateOrder.DMY: self.day_first, DateOrder.MDY: self.month_first}

    @property
    def proved(self) -> DateOrder | None:
        """Return the order that the values prove, None where they prove none or both."""
        likely, unlikely = sorted(self.proofs, key=lambda order: -self.proofs[order])
        enough = self.proofs[likely] >= max(1, _DECISIVE_SHARE * self.total)
        return likely if enough and not self.proofs[unlikely] else None


def date_order(
    bench: Workbench, relation: str, value: str, said: DateOrder | None, column: str
) -> tuple[DateOrder, str]:
    """Return the order with its evidence, from every value such as 1/2/2026; raise UndecidedError without."""
    by_mark = _slashed(bench, relation, value)
    if said is DateOrder.ISO:
        return _said_year_first(column, by_mark)
    if said:
        _refuse_contradicted(column, said, by_mark)
        return said, f"read {said.words}, as said"
    open_ones = [some for some in by_mark if some.same < some.total]
    for some in by_mark:
        _refuse_undecided(column, some, open_ones)
    if not open_ones:
        return DateOrder.DMY, _SAME
    orders = {some.proved for some in open_ones}
    if len(orders) > 1:
        raise UndecidedError(_question_of_marks(column, open_ones))
    total, proofs = sum(some.total for some in by_mark), sum(max(some.proofs.values()) for some in by_mark)
    order = open_ones[0].proved or DateOrder.DMY
    _refuse_swapped(
        bench, relation, value, column, order, sum(some.same for some in by_mark) + proofs == total
    )
    return order, f"read {order.words}: {proofs:,} of {total:,} values can be read in no other way"


def refuse_day_before_month(bench: Workbench, relation: str, value: str, column: str) -> None:
    """Raise UndecidedError where dates that begin with the year go on with the day, as in 2026-25-12.

    A single one beside dates that prove the usual order is a slip, and set aside.
    """
    parts = r"'^\d{4}[-/](\d{1,2})[-/](\d{1,2})(\D|$)'"
    total, turned, proper, example = bench.one(
        f"""
        with numbers as (
            select {value} as written, cast(regexp_extract({value}, {parts}, 1) as integer) as a,
                   cast(regexp_extract({value}, {parts}, 2) as integer) as b
            from {relation}
            where problem is null and regexp_matches({value}, {parts})
        )
        select count(*), count(*) filter (a between 13 and 31 and b <= 12),
               count(*) filter (b > 12 and a <= 12), min(written) filter (a between 13 and 31 and b <= 12)
        from numbers
        """
    )
    if turned < max(1, _DECISIVE_SHARE * total) or (turned == 1 and proper):
        return
    others = f", {proper:,} others only the other way" if proper else ""
    raise UndecidedError(
        f"{column}: {turned:,} of {total:,} dates such as “{example}” can only be read as year, day, month"
        f"{others}. Export the column as year, month, day, and import again."
    )


def _slashed(bench: Workbench, relation: str, value: str) -> list[_Slashed]:
    rows = bench.run(
        f"""
        with parts as (
            select {value} as written, translate({value}, '.-', '//') as slashed
            from {relation}
            where problem is null and regexp_matches({value}, '^\\d{{1,2}}[./-]\\d{{1,2}}[./-]\\d')
        ), numbers as (
            select written, regexp_extract(written, '[./-]') as mark,
                   cast(split_part(slashed, '/', 1) as integer) as a,
                   cast(split_part(slashed, '/', 2) as integer) as b,
                   try_cast(regexp_extract(slashed, '^\\d+/\\d+/(\\d\\d)(\\D|$)', 1) as integer) as short_year
            from parts
        )
        select mark, count(*), count(*) filter (a = b), count(*) filter (a > 12 and b <= 12),
               count(*) filter (b > 12 and a <= 12), min(written) filter (a <= 12 and b <= 12 and a <> b),
               case when max(b) filter (short_year is not null) <= 12 and max(short_year) <= 31
                         and (mark <> '.' or max(short_year) - min(short_year)
                              >= max(case when short_year is not null then a end)
                                 - min(case when short_year is not null then a end))
                    then min(written) filter (short_year is not null) end
        from numbers group by mark order by 2 desc, 1
        """
    )
    return [_Slashed(*row) for row in rows]


def _said_year_first(column: str, by_mark: list[_Slashed]) -> tuple[DateOrder, str]:
    if all(some.swapped_year for some in by_mark):
        return DateOrder.ISO, f"read {DateOrder.ISO.words}, as said"
    some = next(some for some in by_mark if not some.swapped_year)
    example = some.example or "1/2/2026"
    raise UndecidedError(
        f"{column}: the dates were said to be year first, yet {some.total:,} are written as “{example}”. "
        f"{_ANSWER}"
    )


def _refuse_contradicted(column: str, said: DateOrder, by_mark: list[_Slashed]) -> None:
    other = DateOrder.MDY if said is DateOrder.DMY else DateOrder.DMY
    for some in by_mark:
        if not some.proofs[said] and some.proofs[other] >= max(1, _DECISIVE_SHARE * some.total):
            raise UndecidedError(
                f"{column}: the dates were said to be {said.words}, yet {some.proofs[other]:,} of "
                f"{some.total:,} can only be read {other.words}. Use dates = {other.value}, or leave it out."
            )


def _refuse_undecided(column: str, some: _Slashed, open_ones: list[_Slashed]) -> None:
    """Raise the question of one mark's values, where they leave one."""
    if some.swapped_year and not some.month_first:
        raise UndecidedError(
            f"{column}: “{some.swapped_year}” may begin with its day or with its year. Say which it is: "
            "--dates dmy (day first), --dates mdy (month first) or --dates iso (year first)."
        )
    if some.same == some.total or some.proved:
        return
    if any(some.proofs.values()):
        raise UndecidedError(
            f"{column}: {some.day_first:,} of {some.total:,} dates can only be read day first and "
            f"{some.month_first:,} only month first. {_ANSWER}"
        )
    if len(open_ones) > 1:
        raise UndecidedError(_question_of_marks(column, open_ones))
    raise UndecidedError(
        f"{column}: “{some.example}” may be day first or month first, and nothing in the column tells. "
        f"{_ANSWER}"
    )


def _question_of_marks(column: str, open_ones: list[_Slashed]) -> str:
    told = ", ".join(
        f"{some.total:,} with “{some.mark}” prove {some.proved.words if some.proved else 'nothing'}"
        for some in open_ones
    )
    return f"{column}: the dates are written in more than one way, and {told}. {_ANSWER}"


def _refuse_swapped(
    bench: Workbench,
    relation: str,
    value: str,
    column: str,
    order: DateOrder,
    only_proofs: bool,  # noqa: FBT001
) -> None:
    """Refuse a column in which a spreadsheet turned every date that it could read, in the other order.

    What it could not read stayed a text: all of these then have a day after the 12th, and no other has.
    """
    if not only_proofs:
        return
    turned, latest, example = bench.one(
        f"select count(*), max(substr({value}, 9, 2)), min({value}) from {relation} "
        f"where problem is null and regexp_matches({value}, '^\\d{{4}}-\\d{{2}}-\\d{{2}}')"
    )
    if turned and latest <= "12":
        raise UndecidedError(
            f"{column}: {turned:,} dates such as “{example}” have no day after the 12th, all others have: a "
            "spreadsheet has taken day and month of these for each other. Export the column again without "
            f"opening it in a spreadsheet; if they are right, say so: --dates {order.value}."
        )
