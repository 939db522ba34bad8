"""Journeys of Instabase's users, each a function on the generated client."""
