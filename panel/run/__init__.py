"""Processes of their own: the worker, and the mailbox of a demonstration."""
