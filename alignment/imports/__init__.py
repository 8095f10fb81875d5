"""What people do to bring in their data: look at files, load them, keep the mapping for the next time."""

from alignment.imports.kept import (
    keep_merge,
    keep_placeholder,
    kept_mapping,
    mapping_path,
    mapping_text,
    set_aside,
)
from alignment.imports.loading import Load, UnderWay, failed, load, noted, start
from alignment.imports.looking import fetched, look_at
from alignment.imports.place import Company, Held, Present, present, refuse_observer
from alignment.store.apart import CancelledError, OnProgress
from alignment.store.intake import (
    Changes,
    FailedLoad,
    Preview,
    PreviewColumn,
    Receipt,
    Sources,
    TableReceipt,
    Twins,
    load_mapping,
    save_mapping,
)

__all__ = [
    "CancelledError",
    "Changes",
    "Company",
    "FailedLoad",
    "Held",
    "Load",
    "OnProgress",
    "Present",
    "Preview",
    "PreviewColumn",
    "Receipt",
    "Sources",
    "TableReceipt",
    "Twins",
    "UnderWay",
    "failed",
    "fetched",
    "keep_merge",
    "keep_placeholder",
    "kept_mapping",
    "load",
    "load_mapping",
    "look_at",
    "mapping_path",
    "mapping_text",
    "noted",
    "present",
    "refuse_observer",
    "save_mapping",
    "set_aside",
    "start",
]
