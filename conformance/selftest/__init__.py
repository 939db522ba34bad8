"""The suite tested on itself: no false alarm on honest servers, and every wrong server caught by its case."""
