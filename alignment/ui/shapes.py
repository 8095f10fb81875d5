"""The mark of each side: it stands beside every hue, so that nobody needs to tell hues apart."""

from collections.abc import Mapping

from alignment.domain.agreement import Side

SHAPES: Mapping[Side, str] = {Side.MARKETING: "●", Side.SALES: "■", Side.OBSERVER: "○"}
