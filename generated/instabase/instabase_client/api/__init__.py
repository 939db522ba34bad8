"""The operations, a module each, in a package a tag."""
