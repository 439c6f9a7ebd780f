"""The provider `openai`: any server that speaks OpenAI's protocol, for pictures and for words."""

from __future__ import annotations
