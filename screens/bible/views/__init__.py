"""What the tabs of the bible show beside a record's fields, and their dialogs."""

from __future__ import annotations
