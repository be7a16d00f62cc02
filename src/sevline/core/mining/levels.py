"""Levels of folding, from 0 (nothing is folded) to COARSEST (every shape has the same key); see `folding`."""

COARSEST = 5
