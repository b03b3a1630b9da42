"""Tests of the end of a case."""
