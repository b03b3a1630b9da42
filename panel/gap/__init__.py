"""The gap: what the police gave and we were not told of, counted, asked about, and followed up."""
