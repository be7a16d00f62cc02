"""Measurements, run by `make bench-…`: each prints its figures and their ratio to a peer or floor from the same run."""
