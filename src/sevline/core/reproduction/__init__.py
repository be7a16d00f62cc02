"""Reproduction: requests that others can repeat, runs that can be compared, recipes, and bundles for Engineering."""
