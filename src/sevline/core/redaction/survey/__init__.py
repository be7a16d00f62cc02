"""One scan of all rows that tells for each question which rows are worth it: those that hold one of its factors."""
