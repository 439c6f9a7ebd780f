"""The provider `comfyui`: pictures from ComfyUI on a machine of the user's own."""

from __future__ import annotations
