"""Which records of two lists are of one child: reading, scoring and choosing. Knows no tables."""
