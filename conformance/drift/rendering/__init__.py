"""How changes and findings are shown: a file a form, each a pure function."""
