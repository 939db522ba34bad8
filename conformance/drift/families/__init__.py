"""The kinds of changes, a file each: ``changes(pair, couple)`` of an operation, ``of_documents(pair)`` of the rest."""
