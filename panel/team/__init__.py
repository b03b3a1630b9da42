"""The team as managers see it: clocks, drift and load by person; no ranking, no access log (DP-4)."""
