"""A nation of invented congresses to measure on: `python -m tests.bulk ADDRESS CONGRESSES` fills an empty database."""
