"""Sevline: the self-hosted escalation workbench for technical support."""

__version__ = "0.1.0"
