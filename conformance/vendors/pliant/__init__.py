"""What only Pliant leaves open."""
