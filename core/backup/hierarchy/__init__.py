"""Whole projects as one hierarchical document of JSON, which any program can read; written and read back."""
