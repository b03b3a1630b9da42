"""Tests of liaison and diversion."""
