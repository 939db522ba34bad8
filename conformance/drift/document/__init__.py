"""A document as the operations that it offers, resolved and checked, ready to be held against another."""
