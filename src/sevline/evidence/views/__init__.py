"""Pages about evidence: files that come in, what they say, and the places in them that claims cite."""
