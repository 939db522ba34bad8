"""Requests that nobody wrote by hand: generated from the contract by Schemathesis, filled from the semantics."""
