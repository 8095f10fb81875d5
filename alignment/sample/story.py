"""What the sample company went through: its sources, its people, and the days that changed something."""

from dataclasses import dataclass
from datetime import date, timedelta

COMPANY = "Nordlicht Instruments"
CURRENCY, OTHER_CURRENCY = "EUR", "USD"


@dataclass(frozen=True)
class Source:
    """Where leads come from: its share of arrivals, and how its leads differ from the average.

    `fit` and `intent` are in standard deviations; `quality` is what no attribute shows. `spend` is EUR a
    month and campaign for every 500 leads a month.
    """

    name: str
    share: float
    channel: str
    campaigns: tuple[str, ...] = ()
    fit: float = 0.0
    intent: float = 0.0
    quality: float = 0.0
    spend: int = 0


SOURCES = (
    Source("Organic search", 0.24, "web", fit=0.1, intent=0.1, quality=0.1),
    Source(
        "Paid search", 0.19, "web", ("Brand keywords", "Sensor keywords"), fit=-0.1, intent=0.1, spend=4_200
    ),
    Source("Direct", 0.14, "web", fit=0.1, intent=0.2, quality=0.1),
    Source(
        "Webinar", 0.13, "event", ("Calibration basics", "Inline measuring live"), intent=0.2, spend=1_500
    ),
    Source("Trade fair", 0.10, "event", ("Spring fair", "Autumn fair"), fit=0.3, spend=6_000),
    Source("Newsletter", 0.09, "mail", ("Monthly letter",), fit=-0.1, intent=-0.1, spend=400),
    Source("Partner", 0.05, "call", ("Integrator programme",), fit=0.5, intent=0.3, quality=0.5, spend=900),
    Source(
        "Customer referral",
        0.03,
        "call",
        ("Customers recommend",),
        fit=1.0,
        intent=1.0,
        quality=1.4,
        spend=300,
    ),
    Source(
        "Content syndication",
        0.03,
        "mail",
        ("Trade press articles",),
        fit=-0.2,
        intent=-0.2,
        quality=-0.6,
        spend=1_200,
    ),
)
SYNDICATION = 8
EBOOK = "Free e-book: measuring made easy"
EBOOK_SPEND = 9_500
EBOOK_VOLUME = 0.55  # its leads for every other lead while it ran

CAMPAIGNS = (*(campaign for source in SOURCES for campaign in source.campaigns), EBOOK)
OUTBOUND = "Outbound"
DEAL_SOURCES = (*(source.name for source in SOURCES), OUTBOUND)

SDRS = (
    "Ayla Brandt",
    "Bo Lindqvist",
    "Carla Nowak",
    "Dario Senn",
    "Enna Falk",
    "Finn Oduya",
    "Greta Maas",
    "Hugo Vidal",
)
AES = (
    "Ida Kern",
    "Jonas Petrov",
    "Klara Winter",
    "Luca Amadi",
    "Mira Sand",
    "Nils Ekberg",
    "Olga Reuter",
    "Pavel Stark",
)


@dataclass(frozen=True)
class Story:
    """The days on which the company changed, counted back from the newest day of the data.

    Spans are half-open: the day `*_until` is the first on which the span is over.
    """

    as_of: date

    @property
    def definition_changed_on(self) -> date:
        """Return the first day of the present definition, the first of a month about ten months ago."""
        return (self.as_of - timedelta(304)).replace(day=1)

    @property
    def collapse_from(self) -> date:
        """Return the first day of the six weeks in which follow-up collapsed."""
        return self.as_of - timedelta(278)

    @property
    def collapse_until(self) -> date:
        """Return the day on which follow-up was back to normal."""
        return self.collapse_from + timedelta(42)

    @property
    def ebook_from(self) -> date:
        """Return the first day of the e-book campaign."""
        return self.as_of - timedelta(225)

    @property
    def ebook_until(self) -> date:
        """Return the day after the last one of the e-book campaign."""
        return self.ebook_from + timedelta(120)
