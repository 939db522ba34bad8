"""Journeys of Pliant's users, each a function on the generated client."""
