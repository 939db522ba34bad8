"""What can change, one family a file; each has a function ``changes`` that takes the comparison."""
