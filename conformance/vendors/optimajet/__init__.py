"""What only OptimaJet promises, and how it is used."""
