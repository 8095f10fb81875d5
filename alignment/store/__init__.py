"""The rim of Accord: lead and deal tables, files coming in, the ledger of the agreement."""
