"""The rules of the lint, a file each, found where they lie.

A module's ``findings(vendor, everything)``, ``everything`` being what stands inside of the semantics, yields pairs: a
pointer into ``semantics.yaml``, and what does not fit there.
"""
