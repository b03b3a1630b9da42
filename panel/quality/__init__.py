"""Data quality: what records lack or contradict, whose it is to mend, and which metrics rest on it."""
