"""A nation of invented congresses for measuring: `python -m tests.bulk ADDRESS CONGRESSES` fills an empty database."""
