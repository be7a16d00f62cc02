"""One file, one failure mode; each adds itself to `SIGNATURES`."""
