"""Plan, run and judge."""
