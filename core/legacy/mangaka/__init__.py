"""What the earlier web app, MANGAKA AI, has kept: rows, dumps, exports, a browser's store, from anywhere."""

from __future__ import annotations
