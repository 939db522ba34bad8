"""Conformance of workflow-automation REST APIs to what their vendors document."""
