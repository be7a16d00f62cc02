"""The demo desk: a cast, accounts, and cases that were worked through the same actions as real ones."""
