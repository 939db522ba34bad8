"""What only Smart Flows promises, or leaves open."""
