"""The register of places where children put something right, and who is booked where."""
