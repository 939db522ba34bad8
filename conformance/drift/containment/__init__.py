"""Decides whether one schema admits everything that another admits, and shows a value where it does not."""
