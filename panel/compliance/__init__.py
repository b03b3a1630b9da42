"""Keeping to what was agreed: what was missed, what was done about it, and who decided."""
