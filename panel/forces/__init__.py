"""Police forces: for which areas they speak, and which of their systems may tell us."""
