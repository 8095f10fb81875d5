"""What Accord says when it can't go on: what happened, to which row or whom, and what to do next."""

from alignment.domain.refusal import Refusal


class AccordError(Refusal):
    """A refusal that a person can act on; its text is the sentence shown on screen and command line."""


class UnreadableFileError(AccordError):
    """A file can't be read as the table it was given for."""


class MissingColumnError(AccordError):
    """A column that the question or the load needs is not there."""


class MappingError(AccordError):
    """A column mapping names something that is not there, or names it twice."""


class UndecidedError(AccordError):
    """A file's dates or amounts can be read in more than one way, and only a person can say which."""


class HeaderQuestionError(UnreadableFileError):
    """A file's first row may hold its columns' names or be its first row of data; a person can say which."""


class SheetQuestionError(UnreadableFileError):
    """A workbook has several sheets, and only a person can say which one is meant."""


class LoadUnderWayError(AccordError):
    """Another load is writing the same warehouse."""


class UnknownTermError(AccordError):
    """A word that stands for nothing here: a stage, a column, a side, a period."""


class DefinitionError(AccordError):
    """A definition that can't be built, or that doesn't fit the data."""


class StaleEditError(AccordError):
    """An edit was made on a value that somebody changed meanwhile."""


class NotAllowedError(AccordError):
    """The person's side may not do this."""


class WarehouseError(AccordError):
    """The lead and deal tables can't be opened or read."""


class LedgerError(AccordError):
    """The ledger of the agreement can't be opened or written."""


class DeliveryError(AccordError):
    """A message can't be sent to where it should go."""


class DocumentError(AccordError):
    """A document could not be written."""
