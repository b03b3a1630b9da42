"""Tests of keeping to it."""
