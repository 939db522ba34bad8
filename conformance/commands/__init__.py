"""The commands, one file each: ``name.py`` holds a click command called ``command``."""
