"""Whose data it is: the name, the time zone and the currency of the business."""

import streamlit as st
from babel import Locale

from alignment.config import time_zones
from alignment.imports import Company

_ISO_LETTERS = 3


def asked(known: Company) -> Company:
    """Ask for the company, beginning with what is known, and return it."""
    zones = sorted(time_zones() | {known.time_zone})
    currencies = _currencies(known.currency)
    name, zone, currency = st.columns(3)
    return Company(
        name.text_input("Company", known.name, max_chars=80, key="intake_company").strip(),
        zone.selectbox(
            "Time zone of the business",
            zones,
            zones.index(known.time_zone),
            key="intake_zone",
            help="Days begin and end in it. Dates without a zone are read in it.",
        ),
        currency.selectbox(
            "Currency of the business",
            list(currencies),
            list(currencies).index(known.currency),
            format_func=currencies.__getitem__,
            key="intake_currency",
            help="Amounts without a currency are in it.",
        ),
    )


def _currencies(known: str) -> dict[str, str]:
    names = Locale("en").currencies
    codes = sorted({code for code in names if len(code) == _ISO_LETTERS} | {known})
    return {code: f"{code}: {names.get(code, code)}" for code in codes}
