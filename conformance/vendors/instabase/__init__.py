"""What only Instabase promises, and how it is used."""
