"""Completion: what a writer is likely to be about to write, from the script itself and from its bible."""

from __future__ import annotations

from core.script.completion.colon import Speaking, speaking
from core.script.completion.completer import Completer
from core.script.completion.offer import Offer

__all__ = ["Completer", "Offer", "Speaking", "speaking"]
