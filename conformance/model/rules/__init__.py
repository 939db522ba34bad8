"""What a machine can do, one file a family of rules."""
