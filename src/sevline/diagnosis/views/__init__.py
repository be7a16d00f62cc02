"""Pages of a diagnosis, a file for each."""
