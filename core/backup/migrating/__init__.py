"""Databases of the earlier app brought in, run by run: what was done is remembered, checked, taken back."""
