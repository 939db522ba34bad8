"""The drift gate: pairs of witnesses that have to agree, a file each, found where they lie.

A module's ``WITNESSES`` names the pair; its ``hold(subject)`` yields what they disagree on, and raises
``NothingToHold`` where one of the two is not there.
"""
