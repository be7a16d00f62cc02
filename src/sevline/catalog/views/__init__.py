"""Pages of the catalogue, a file for each."""
