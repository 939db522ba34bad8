"""What every mock server is made of; knows no vendor."""
