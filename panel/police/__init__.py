"""What the police say they gave, and whether we were told."""
