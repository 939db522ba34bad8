"""Cases as the tests of anybody's pytest: targets opened when the first of their cases runs, closed at the end."""
