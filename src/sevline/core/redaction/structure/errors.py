class StructureError(Exception):
    """The document is not what its mode says; the text is a sentence for the report."""
