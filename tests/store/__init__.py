"""Tests of the store: schema, row filter, record and loading, on both databases."""
