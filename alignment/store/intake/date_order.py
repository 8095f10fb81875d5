"""Day first or month first: proved by the whole column, said by a person, or asked; never guessed."""

from alignment.domain.mapping import DateOrder
from alignment.errors import UndecidedError
from alignment.store.intake.workbench import Workbench

_DECISIVE_SHARE = 0.05  # fewer proofs than this may be slips of the pen


def date_order(
    bench: Workbench, relation: str, value: str, said: DateOrder | None, column: str
) -> tuple[DateOrder, str]:
    """Return the order with its evidence, from every value such as 1/2/2026; raise UndecidedError without."""
    total, same, day_first, month_first, example = bench.one(
        f"""
        with parts as (
            select {value} as written, translate({value}, '.-', '//') as slashed
            from {relation}
            where problem is null and regexp_matches({value}, '^\\d{{1,2}}[./-]\\d{{1,2}}[./-]\\d')
        ), numbers as (
            select written, cast(split_part(slashed, '/', 1) as integer) as a,
                   cast(split_part(slashed, '/', 2) as integer) as b
            from parts
        )
        select count(*), count(*) filter (a = b), count(*) filter (a > 12 and b <= 12),
               count(*) filter (b > 12 and a <= 12), min(written) filter (a <= 12 and b <= 12 and a <> b)
        from numbers
        """
    )
    proofs = {DateOrder.DMY: day_first, DateOrder.MDY: month_first}
    if said in proofs:
        _refuse_contradicted(column, said, proofs, total)
        return said, f"read {said.words}, as said"
    likely, unlikely = sorted(proofs, key=lambda order: -proofs[order])
    if said is None and not proofs[unlikely] and proofs[likely] >= max(1, _DECISIVE_SHARE * total):
        return (
            likely,
            f"read {likely.words}: {proofs[likely]:,} of {total:,} values can be read in no other way",
        )
    if total == same:
        return DateOrder.DMY, "day and month are the same number in every value"
    raise UndecidedError(_question(column, said, proofs, total, example or ""))


def _refuse_contradicted(column: str, said: DateOrder, proofs: dict[DateOrder, int], total: int) -> None:
    other = DateOrder.MDY if said is DateOrder.DMY else DateOrder.DMY
    if not proofs[said] and proofs[other] >= max(1, _DECISIVE_SHARE * total):
        raise UndecidedError(
            f"{column}: the dates were said to be {said.words}, yet {proofs[other]:,} of {total:,} can only "
            f"be read {other.words}. Use dates = {other.value}, or leave it out."
        )


def _question(
    column: str, said: DateOrder | None, proofs: dict[DateOrder, int], total: int, example: str
) -> str:
    answer = "Say which it is: --dates dmy (day first) or --dates mdy (month first)."
    if said is DateOrder.ISO:
        said_so = "the dates were said to be year first"
        return f"{column}: {said_so}, yet {total:,} are written as “{example}”. {answer}"
    if any(proofs.values()):
        return (
            f"{column}: {proofs[DateOrder.DMY]:,} of {total:,} dates can only be read day first and "
            f"{proofs[DateOrder.MDY]:,} only month first. {answer}"
        )
    return f"{column}: “{example}” may be day first or month first, and nothing in the column tells. {answer}"
