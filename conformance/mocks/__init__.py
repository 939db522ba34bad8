"""Stateful servers written from the vendors' documents, with named ways to be wrong."""
