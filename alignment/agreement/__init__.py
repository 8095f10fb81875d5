"""What people do to the agreement, and who hears of it."""

from alignment.agreement.bids import Bids
from alignment.agreement.opening import first_versions, opened
from alignment.agreement.shared import Agreement, Change, Unsubscribe, now

__all__ = ["Agreement", "Bids", "Change", "Unsubscribe", "first_versions", "now", "opened"]
