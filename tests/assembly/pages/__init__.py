"""The book as it is made of script and records, on one machine and on two."""

from __future__ import annotations
