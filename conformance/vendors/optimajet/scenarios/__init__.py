"""Journeys of OptimaJet's users, each a function on the generated client."""
