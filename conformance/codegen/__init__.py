"""Typed clients and models, generated from the contracts."""
