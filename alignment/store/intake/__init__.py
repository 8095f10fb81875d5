"""Files in, one warehouse file out: read, decide types from whole columns, set bad rows aside, swap in."""

from alignment.store.intake.databases import Wanted, fetch
from alignment.store.intake.failure import FailedLoad, failed_load, note_failed
from alignment.store.intake.loading import Sources, load
from alignment.store.intake.mapping_file import load_mapping, save_mapping
from alignment.store.intake.mended import export_set_aside
from alignment.store.intake.preview import Preview, PreviewColumn, preview
from alignment.store.intake.receipt import Changes, ColumnReceipt, Receipt, TableReceipt, Twins
from alignment.store.intake.set_aside import formula_safe
from alignment.store.intake.workbench import OnProgress

__all__ = [
    "Changes",
    "ColumnReceipt",
    "FailedLoad",
    "OnProgress",
    "Preview",
    "PreviewColumn",
    "Receipt",
    "Sources",
    "TableReceipt",
    "Twins",
    "Wanted",
    "export_set_aside",
    "failed_load",
    "fetch",
    "formula_safe",
    "load",
    "load_mapping",
    "note_failed",
    "preview",
    "save_mapping",
]
