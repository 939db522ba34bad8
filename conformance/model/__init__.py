"""Models of vendors: state machines whose answers the server's are held against, step by step."""
