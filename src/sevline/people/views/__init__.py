"""Pages about people: who works here, how they come in, and what they should know."""
