"""Background work: a leased backend of Django's Tasks interface, its worker and its schedule."""
