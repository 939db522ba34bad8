"""The ways this server can be made wrong: one function a deviation, grouped by the facet that notices."""
