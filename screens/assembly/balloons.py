"""Balloons of the chosen panel: which one is meant, where it stands, when it is read."""

from __future__ import annotations

from textual import on

from core.assembly.plan import BalloonPlan, PanelPlan
from screens.assembly.base import AssemblyBase
from screens.assembly.inspector import FieldReached

STEP = 1 / 25
"""Of the panel's width or height."""
BALLOON = "balloon:"


class Balloons(AssemblyBase):
    """Moving them by keys. A place is kept in parts of the panel, so that it outlives another layout."""

    _balloon_number = 0

    @property
    def balloon(self) -> BalloonPlan | None:
        """The chosen balloon of the chosen panel; the first unless another was chosen."""
        chosen = self.chosen
        if chosen is None or not chosen.balloons:
            return None
        same = (one for one in chosen.balloons if one.number == self._balloon_number)
        return next(same, self._in_order(chosen)[0])

    @on(FieldReached)
    def _field_reached(self, event: FieldReached) -> None:
        if event.field.startswith(BALLOON):
            self._balloon_number = int(event.field.removeprefix(BALLOON))

    def action_next_balloon(self) -> None:
        """In reading order."""
        self._step_balloon(1)

    def action_previous_balloon(self) -> None:
        """Against it."""
        self._step_balloon(-1)

    def _step_balloon(self, by: int) -> None:
        found = self._balloon_or_say()
        if found is None:
            return
        panel, balloon = found
        ordered = self._in_order(panel)
        self._choose_balloon(ordered[(ordered.index(balloon) + by) % len(ordered)])

    def _choose_balloon(self, balloon: BalloonPlan) -> None:
        self._balloon_number = balloon.number
        self.side.inspector.choose(f"{BALLOON}{balloon.number}")

    def action_balloon_left(self) -> None:
        """A step."""
        self._move_balloon(-1, 0)

    def action_balloon_right(self) -> None:
        """A step."""
        self._move_balloon(1, 0)

    def action_balloon_up(self) -> None:
        """A step."""
        self._move_balloon(0, -1)

    def action_balloon_down(self) -> None:
        """A step."""
        self._move_balloon(0, 1)

    def _move_balloon(self, across: int, down: int) -> None:
        found = self._balloon_or_say()
        if found is None:
            return
        panel, balloon = found
        place = relative(balloon, panel)
        place["x"] = _within(place["x"] + across * STEP, place["w"])
        place["y"] = _within(place["y"] + down * STEP, place["h"])
        self._choose_balloon(balloon)
        self._place_balloon(panel, balloon, place)

    def action_balloon_back(self) -> None:
        """Its own place and order."""
        found = self._balloon_or_say()
        if found is not None:
            self._forget_place(*found)

    def action_balloon_earlier(self) -> None:
        """Before the one before it."""
        self._reorder(-1)

    def action_balloon_later(self) -> None:
        """After the next one."""
        self._reorder(1)

    def _reorder(self, by: int) -> None:
        found = self._balloon_or_say()
        if found is None:
            return
        panel, balloon = found
        ordered = self._in_order(panel)
        at = ordered.index(balloon)
        if not 0 <= at + by < len(ordered):
            self.say("It is read first." if by < 0 else "It is read last.")
            return
        ordered[at], ordered[at + by] = ordered[at + by], ordered[at]
        self._choose_balloon(balloon)
        self._order_balloons(panel, [one.number for one in ordered])

    def _place_balloon(self, panel: PanelPlan, balloon: BalloonPlan, place: dict[str, float]) -> None:
        from core.assembly.book import place_balloon

        if self.live is not None:
            place_balloon(self.live, self.index, panel.id, balloon.number, place)

    def _forget_place(self, panel: PanelPlan, balloon: BalloonPlan) -> None:
        if not balloon.placed and balloon.order == panel.balloons[0].order + balloon.number - 1:
            self.say("It has its own place already.")
        else:
            self.change_panels({panel.id: {f"{BALLOON}{balloon.number}": None}})

    def _order_balloons(self, panel: PanelPlan, numbers: list[int]) -> None:
        from core.assembly.book import order_balloons

        if self.live is not None:
            order_balloons(self.live, self.index, panel.id, numbers)

    def _balloon_or_say(self) -> tuple[PanelPlan, BalloonPlan] | None:
        chosen, balloon = self.chosen, self.balloon
        if chosen is None or balloon is None:
            self.say("There is no balloon in this panel.")
            return None
        return chosen, balloon

    @staticmethod
    def _in_order(panel: PanelPlan) -> list[BalloonPlan]:
        return sorted(panel.balloons, key=lambda one: one.order)


def relative(balloon: BalloonPlan, panel: PanelPlan) -> dict[str, float]:
    """Where it is, in parts of its panel."""
    box, around = balloon.box, panel.box
    width, height = max(around.width, 1e-6), max(around.height, 1e-6)
    return {
        "x": (box.x - around.x) / width,
        "y": (box.y - around.y) / height,
        "w": box.width / width,
        "h": box.height / height,
    }


def _within(place: float, length: float) -> float:
    """Inside of the panel, where it fits in."""
    return round(min(max(place, 0.0), max(0.0, 1.0 - length)), 4)
