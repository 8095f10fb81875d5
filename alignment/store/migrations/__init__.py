"""The steps by which the ledger's tables came to be; Alembic runs those that a database lacks."""
