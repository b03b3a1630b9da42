"""How quick the pages are with many cases: `make bench`."""
