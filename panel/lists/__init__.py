"""The force's list of disposals: its file, what its columns mean, each row, and what became of it."""
