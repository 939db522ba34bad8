"""Journeys of Smart Flows's users, each a function on the generated client."""
