"""Conformance of workflow-automation REST APIs to what their vendors document."""

__version__ = "0.1.0"
