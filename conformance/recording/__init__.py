"""Scenarios recorded into cassettes, and cassettes replayed: offline, on a mock, on a live server."""
