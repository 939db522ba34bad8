"""What only one vendor promises, one folder a vendor."""
