"""Recorded traffic: how it is kept, matched, scrubbed, and held against contracts and servers."""
