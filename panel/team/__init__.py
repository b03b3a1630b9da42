"""The team as managers see it: clocks, drift and load by person, never a ranking."""
