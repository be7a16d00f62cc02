"""Pages of `docs/` that are written from the code, the tests and the requirements.

`python -m tools.docs write` writes them, `python -m tools.docs check` says which are out of date.
"""
