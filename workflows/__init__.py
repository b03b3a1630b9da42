"""What may happen: states, moves, guards and working-day clocks, as frozen data and pure functions."""
