"""Generic checks, one file a facet; each is driven by a vendor's semantics and names no vendor."""
