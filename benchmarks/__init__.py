"""Measurements, run by hand: each prints ratios from one run."""
