"""Readers of documents, one file a kind: each is asked whether a document is its own (`core/readers/reader.py`)."""
