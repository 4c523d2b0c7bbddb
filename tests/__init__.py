"""The package's tests: one folder a layer, run from the project's folder."""
