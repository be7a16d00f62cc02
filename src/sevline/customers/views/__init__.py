"""Pages about customers: who they are, what surrounds them, who speaks for them."""
