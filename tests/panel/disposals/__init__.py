"""Tests of disposals."""
