"""The one way a value says that it can't be built."""


class Refusal(ValueError):  # noqa: N818 - it is an answer to a person, not a fault of the program
    """What can't be, why, and what to do instead; its text is the sentence that a person reads."""
