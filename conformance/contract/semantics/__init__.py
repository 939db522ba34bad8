"""What a vendor promises beyond the wire: clauses, effects, resources and facets (``semantics.yaml``, format 1)."""
