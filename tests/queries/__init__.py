"""Tests of the queries: what may be read by whom."""
