"""Hints: what a writer may want to look at, why, and with one key the way to mend it. Never a blocker."""

from __future__ import annotations

from core.script.hints.hint import Action, Fix, Hint, Rule, Severity
from core.script.hints.keeper import HintKeeper
from core.script.hints.listing import Hints
from core.script.hints.page_rules import Sides
from core.script.hints.thresholds import Limit, Thresholds

__all__ = ["Action", "Fix", "Hint", "HintKeeper", "Hints", "Limit", "Rule", "Severity", "Sides", "Thresholds"]
