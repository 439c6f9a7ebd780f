"""What is being made: a line for each job."""

from __future__ import annotations
