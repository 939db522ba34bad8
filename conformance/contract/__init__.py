"""Documents and semantics: what a vendor promises, loaded, resolved and held against each other."""
