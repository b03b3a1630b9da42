"""The day on which a disposal is given."""
