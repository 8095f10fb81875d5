"""Where both sides’ promises stand, in a digest’s words."""

from alignment.domain.agreement import Side
from alignment.domain.digest import Digest
from alignment.domain.refusal import Refusal
from alignment.ui import promise_card
from alignment.ui.digest_parts import Block
from alignment.ui.promise_card import Card
from alignment.ui.shapes import SHAPES
from alignment.ui.words import Words

PROMISES = "What we promised"


def promises(found: Digest, say: Words) -> Block:
    """Return both sides' promises for the period and where each stands."""
    return Block(PROMISES, (_promise(_value_card(found, say)), _promise(_answers_card(found, say))))


def _value_card(found: Digest, say: Words) -> Card:
    came = found.marketing
    if isinstance(came, Refusal):
        return promise_card.unknown(Side.MARKETING, str(came))
    return promise_card.of_value(came, say)


def _answers_card(found: Digest, say: Words) -> Card:
    came = found.sales
    return (
        promise_card.unknown(Side.SALES, str(came))
        if isinstance(came, Refusal)
        else promise_card.of_answers(came, say)
    )


def _promise(card: Card) -> str:
    side = f"{SHAPES[card.side]} {str(card.side).capitalize()}"
    if not card.status:
        return f"{side}: {card.promised}"
    if card.figure == "–" and not card.bar:
        return f"{side}: {card.status}, {card.beside}."
    status = card.status.removeprefix("… ")
    return f"{side} {card.promised}: {status}. {card.figure} reached ({card.beside})."
