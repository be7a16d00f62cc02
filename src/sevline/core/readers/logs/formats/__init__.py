"""One file, one log format; each adds itself to `FORMATS`."""
