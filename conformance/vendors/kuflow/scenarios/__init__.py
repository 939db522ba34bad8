"""Journeys of KuFlow's users, each a function on the generated client."""
