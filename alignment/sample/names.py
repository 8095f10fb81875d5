"""Invented names of people and companies, as vocabularies that codes point into."""

from functools import cache
from itertools import product

_FIRST = (
    "Alma Anton Astrid Bela Birte Bruno Cleo Constantin Dagny Dorian Edda Elias Emre Esra Fabian Fenja Filip Frida "
    "Gesa Gustav Hanna Henrik Ilse Ivo Jana Jaron Kaja Kilian Lale Leif Lotte Magnus Marit Milan Nela Niko Oda Oskar "
    "Paula Quirin Rahel Ruben Selma Soren Tilda Tomas Ulla Veit Wanda Yara Yunus Zoe"
).split()
_LAST = (
    "Abend Ahorn Anker Birkner Bogdan Brandis Carvalho Dahlke Dorn Eklund Erlen Farkas Feldner Garten Gruber Hain "
    "Halloran Heller Ibarra Jansson Kalt Kessler Kowal Larsen Linde Lorentz Marek Morgen Moss Nadler Novotny Ostrow "
    "Pfeil Quast Rahn Rossi Rybak Sander Solberg Steen Tamm Thoma Ufer Vasquez Volk Weidner Wilder Yilmaz Zander"
).split()
_SYLLABLES_BEFORE = (
    "Al Ar Bel Bran Cor Dal Dor El Fen Gar Hal Hol Ist Jor Kel Kor Lan Lum Mar Mel Nor Oder Pal Quar Ral Ros Sel Sil "
    "Tal Tor Ul Vel Vin Wal Wes Zel"
).split()
_SYLLABLES_AFTER = (
    "bach berga dano dex fara felt gard hagen holm ica kamp lenta linga mark mora nexa ola pera quist rano ridge "
    "sanda stad strom thal tona vara vik wald zona"
).split()
_TRADES = (
    "Antriebe Chemie Controls Dynamics Elektronik Energie Foods Glas Group Industries Labs Logistik Maschinenbau "
    "Optik Pharma Robotics Sensorik Systems Technik Werke"
).split()


@cache
def people() -> tuple[str, ...]:
    """Return the names that leads can have."""
    return tuple(f"{first} {last}" for first, last in product(_FIRST, _LAST))


@cache
def companies() -> tuple[str, ...]:
    """Return the names that leads' companies can have."""
    parts = product(_SYLLABLES_BEFORE, _SYLLABLES_AFTER, _TRADES)
    return tuple(f"{before}{after} {trade}" for before, after, trade in parts)
