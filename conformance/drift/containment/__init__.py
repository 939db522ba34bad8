"""Whether every value of one schema is a value of another: proven, refuted by a value, or unknown."""
