"""Whether the witnesses of a contract still agree."""
