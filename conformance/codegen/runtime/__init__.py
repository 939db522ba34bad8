"""Modules that every generated package carries unchanged: client, errors, and what crosses the wire."""
