"""One detector a file; the register finds them by their place."""
