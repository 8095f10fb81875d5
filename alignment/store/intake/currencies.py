"""Which currency a mark beside an amount stands for."""

from functools import cache

from babel.numbers import is_currency

_MARKS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "R$": "BRL",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "MX$": "MXN",
    "CN¥": "CNY",
    "₩": "KRW",
    "₺": "TRY",
    "₽": "RUB",
    "₪": "ILS",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "zł": "PLN",
    "Kč": "CZK",
}
_SHARED = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "ARS", "CLP", "COP"),
    "¥": ("JPY", "CNY"),
}
"""Marks of several currencies, the likeliest first."""

MARK = "|".join(
    [mark.replace("$", r"\$") for mark in sorted((*_MARKS, *_SHARED), key=lambda mark: -len(mark))]
    + ["[A-Z]{3}"]
)
"""A mark as a pattern; that three capitals are a currency is for `is_mark` to say."""


@cache
def is_mark(mark: str) -> bool:
    """Tell whether the text is a currency's mark or its code of ISO 4217."""
    return mark in _MARKS or mark in _SHARED or is_currency(mark)


def currency_of(mark: str, business: str) -> str:
    """Return the code that a mark stands for; a mark of several means the business currency if it can."""
    if shared := _SHARED.get(mark):
        return business if business in shared else shared[0]
    return _MARKS.get(mark, mark)


def codes_of(mark: str) -> tuple[str, ...]:
    """Return every code that a mark may stand for."""
    return _SHARED.get(mark) or (_MARKS.get(mark, mark),)
