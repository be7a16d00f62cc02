"""What stands out in a log: pure statistics over counts per pattern and minute, whoever counted them.

`counts` holds the figures, `rates`, `bursts`, `skews` and `onset` test them, `cards` ranks what they found and says it.
A coincidence is shown with its base rate; a cause is never claimed.
"""
