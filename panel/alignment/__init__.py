"""The joint policy and the force's own beside each other, and what falls between them."""
