"""Pages put together: layouts, what each panel holds, lettering, previews, exports."""

from __future__ import annotations
