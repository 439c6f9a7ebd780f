"""One figure: body, limbs, head and face, by who it is and what the panel has it do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.assembly.drawing import hair as hair_of
from core.assembly.drawing.acting import Acting, Feeling, Pose
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import Form, Item, Point, Words, clipped, clipped_line, limb, mixed, oval
from core.assembly.drawing.traits import Traits
from core.assembly.plan import BalloonKind, Rect

_SKIN, _GREY, _SHADE = "#fffdf9", "#c9cbd3", "#3a3c48"
_HAIR = (0.25, 0.55, 0.05, 0.75)
"""How dark hair is."""
_ARMS: dict[Pose, tuple[Sequence[Point], Sequence[Point]]] = {
    Pose.RUN: (((0.5, 1.42), (0.85, 1.85), (1.18, 1.5)), ((0.5, 1.42), (0.88, 1.7), (0.66, 2.15))),
    Pose.CALL: (((0.5, 1.42), (0.84, 1.76), (0.47, 0.84)), ((0.52, 1.42), (0.72, 1.85), (0.4, 2.2))),
    Pose.POINT: (((0.5, 1.42), (0.95, 1.36), (1.5, 1.2)), ((0.52, 1.42), (0.7, 1.78), (0.62, 2.62))),
    Pose.CROSSED: (((0.52, 1.42), (0.62, 1.86), (-0.3, 1.74)), ((0.52, 1.42), (0.62, 1.96), (-0.26, 1.9))),
}
"""The near arm and the far one, in heads, where a pose has its own."""
_UP, _DOWN = (
    ((0.5, 1.42), (0.8, 1.72), (0.98, 1.56), (1.06, 0.98)),
    ((0.52, 1.42), (0.7, 1.78), (0.74, 2.1), (0.62, 2.62)),
)
_LEGS: dict[Pose, tuple[Sequence[Point], Sequence[Point]]] = {
    Pose.WALK: (((0.2, 2.5), (0.42, 3.5), (0.55, 4.5)), ((-0.2, 2.5), (-0.25, 3.5), (-0.6, 4.4))),
    Pose.RUN: (((0.2, 2.5), (0.8, 3.1), (0.7, 4.1)), ((-0.2, 2.5), (-0.4, 3.5), (-1.05, 3.9))),
    Pose.SIT: (((0.2, 2.5), (0.95, 2.72), (0.95, 3.75)), ((-0.12, 2.5), (0.72, 2.8), (0.7, 3.75))),
}
_USUAL_LEGS = (((0.24, 2.5), (0.26, 3.5), (0.25, 4.5)), ((-0.24, 2.5), (-0.26, 3.5), (-0.25, 4.5)))


@dataclass(frozen=True, slots=True)
class Role:
    """Who it is in this panel."""

    name: str
    mood: BalloonKind | None
    """How the first balloon is spoken; None for who is silent."""
    colour: str
    traits: Traits
    acting: Acting
    silhouette: bool = False


class Figure:
    """Lengths in heads from the top of the head."""

    def __init__(self, role: Role, x: float, top: float, head: float, facing: int, panel: Rect) -> None:
        self.role, self.x, self.top, self.head, self.facing, self.panel = role, x, top, head, facing, panel
        colour = role.colour
        self.clothes = mixed(colour, "#ffffff", 0.55)
        self.legs = mixed(colour, "#ffffff", 0.72)
        self.dark = mixed(colour, "#202028", 0.5)
        tone = _HAIR[sum(map(ord, role.name)) % len(_HAIR)]
        self.hair = _GREY if role.traits.old else mixed(colour, "#202028", tone)
        self.crowded = False
        """Arms are kept close."""
        self.line = max(0.16, min(0.34, head * 0.03))

    def _at(self, across: float, down: float) -> Point:
        return self.x + across * self.facing * self.head, self.top + down * self.head

    def _body(self, points: Sequence[Point], side: int = 1) -> list[Point]:
        wide = self.role.traits.build * side
        return [self._at(across * wide, down) for across, down in points]

    def _form(self, points: Sequence[Point], fill: str, line: str = "") -> list[Item]:
        kept = clipped(points, self.panel)
        if len(kept) < 3:
            return []
        if self.role.silhouette:
            return [Form(kept, _SHADE, _SHADE, self.line)]
        return [Form(kept, fill, line or self.dark, self.line)]

    def _stroke(self, points: Sequence[Point], width: float = 1.0) -> list[Item]:
        kept = clipped_line(points, self.panel)
        if len(kept) < 2 or self.role.silhouette:
            return []
        return [Form(kept, "", self.dark, self.line * width, closed=False)]

    def drawn(self) -> list[Item]:
        """From the legs up to the hair."""
        acting, mood = self.role.acting, self.role.mood
        out = self._seat_and_legs()
        raised = mood is BalloonKind.SHOUT and not self.crowded
        own = _ARMS.get(acting.pose)
        far = own[1] if own and not self.crowded else _UP if raised else _DOWN
        out += self._arm(far, -1)
        out += self._form(self._torso(), self.clothes)
        if acting.back:
            return [*out, *self._arm(_DOWN, 1), *self._back_of_head()]
        out += self._head()
        if own and (not self.crowded or acting.pose in (Pose.CROSSED, Pose.CALL)):
            out += self._arm(own[0], 1)
            if acting.pose is Pose.CALL:
                out += self._form(
                    limb([self._at(0.43, 0.36), self._at(0.36, 0.82)], 0.15 * self.head), self.dark
                )
        elif mood is BalloonKind.THOUGHT:
            elbow = self._at(0.66, 1.95)
            out += self._form(limb([self._at(0.54, 1.42), elbow], 0.22 * self.head), self.clothes)
            out += self._form(limb([elbow, self._at(0.2, 1.08)], 0.2 * self.head), self.clothes)
        else:
            speaks = mood is BalloonKind.SPEECH and not self.crowded and len(self.role.name) % 2 == 0
            out += self._arm(_UP if raised or speaks else _DOWN, 1)
        return out

    def _seat_and_legs(self) -> list[Item]:
        out: list[Item] = []
        if self.top + 2.5 * self.head > self.panel.bottom:
            return out
        pose = self.role.acting.pose
        if pose is Pose.SIT:
            seat = [
                (-0.62, 2.74),
                (0.5, 2.74),
                (0.5, 3.8),
                (0.42, 3.8),
                (0.42, 2.9),
                (-0.52, 2.9),
                (-0.52, 3.8),
                (-0.62, 3.8),
            ]
            out += self._form([self._at(*point) for point in seat], "#e2e2e6")
        for leg in reversed(_LEGS.get(pose, _USUAL_LEGS)):
            points = [self._at(*point) for point in leg]
            out += self._form(limb(points, 0.36 * self.head), self.legs)
            x, y = leg[-1]
            shoe = [self._at(x, y + 0.08), self._at(x + 0.16, y + 0.1)]
            out += self._form(limb(shoe, 0.2 * self.head), self.dark)
        if self.role.traits.skirt and pose is not Pose.SIT:
            skirt = [(-0.46, 2.2), (0.46, 2.2), (0.8, 3.7), (-0.8, 3.7)]
            out += self._form(self._body(skirt), self.clothes)
        return out

    def _torso(self) -> list[Point]:
        side = [(-0.14, 0.92), (-0.15, 1.1), (-0.4, 1.2), (-0.58, 1.3), (-0.63, 1.5), (-0.52, 1.75)]
        side += [(-0.44, 2.1), (-0.47, 2.4), (-0.52, 2.72)]
        return self._body([*side, *((-x, y) for x, y in reversed(side))])

    def _arm(self, points: Sequence[Point], side: int) -> list[Item]:
        return self._form(limb(self._body(points, side), 0.22 * self.head), self.clothes)

    # --- the head

    def _shape(self, points: Sequence[Point], fill: str) -> list[Item]:
        return self._form([self._at(*point) for point in points], fill) if points else []

    def _skull(self) -> list[Item]:
        across = 0.4 if self.role.traits.child else 0.38
        return self._form(
            oval(self.x, self.top + 0.5 * self.head, across * self.head, 0.5 * self.head, 2.2, 28), _SKIN
        )

    def _head(self) -> list[Item]:
        traits = self.role.traits
        out: list[Item] = []
        for shape in hair_of.behind(traits.hair):
            out += self._shape(shape, self.hair)
        out += self._skull()
        if traits.beard:
            out += self._shape(hair_of.BEARD, self.hair)
        out += self._shape(hair_of.cap(traits.hair), self.hair)
        if traits.hat:
            out += self._hat()
        return [*out, *self._face()]

    def _back_of_head(self) -> list[Item]:
        out = self._skull()
        for shape in hair_of.from_behind(self.role.traits.hair):
            out += self._shape(shape, self.hair)
        return [*out, *self._hat()] if self.role.traits.hat else out

    def _hat(self) -> list[Item]:
        return [*self._shape(hair_of.HAT, self.legs), *self._shape(hair_of.BRIM, self.legs)]

    def _face(self) -> list[Item]:
        if self.role.silhouette:
            return []
        mood, feeling = self.role.mood, self.role.acting.feeling
        shouts = mood is BalloonKind.SHOUT or feeling is Feeling.AFRAID
        angry = feeling is Feeling.ANGRY or (mood is BalloonKind.SHOUT and feeling is Feeling.NONE)
        tilt = -0.06 if angry else 0.05 if feeling in (Feeling.SAD, Feeling.AFRAID) else 0.0
        lift = -0.06 if feeling is Feeling.AFRAID else 0.0
        out: list[Item] = []
        for across in (-0.06, 0.2):
            out += self._eye(across, 1.35 if shouts else 1.0, feeling)
            inner = tilt * (1 if across < 0 else -1)
            brow = [
                self._at(across - 0.07, 0.41 + inner + lift),
                self._at(across + 0.07, 0.41 - inner + lift),
            ]
            out += self._stroke(brow, 1.6 if angry else 1.0)
        if self.role.traits.glasses:
            for ring in hair_of.glasses():
                points = [self._at(*point) for point in ring]
                out += self._stroke([*points, points[0]])
        if feeling is Feeling.SAD:
            x, y = self._at(0.24, 0.68)
            out += self._form(oval(x, y, 0.035 * self.head, 0.07 * self.head, steps=10), "#cfe4f5")
        return [*out, *self._mouth()]

    def _eye(self, across: float, wide: float, feeling: Feeling) -> list[Item]:
        if feeling is Feeling.ASLEEP:
            return self._stroke(
                [self._at(across + x, 0.53 + y) for x, y in ((-0.06, 0), (0, 0.035), (0.06, 0))], 1.3
            )
        x, y = self._at(across, 0.53)
        return self._form(oval(x, y, 0.035 * self.head * wide, 0.062 * self.head * wide, steps=12), self.dark)

    def _mouth(self) -> list[Item]:
        x, y = self._at(0.08, 0.77)
        sizes = {
            BalloonKind.SHOUT: (0.12, 0.13),
            BalloonKind.SPEECH: (0.075, 0.055),
            BalloonKind.WHISPER: (0.03, 0.03),
        }
        size = sizes.get(self.role.mood) if self.role.mood else None
        feeling = self.role.acting.feeling
        if size is None and feeling is Feeling.AFRAID:
            size = (0.05, 0.07)
        if size is not None:
            return self._form(oval(x, y, size[0] * self.head, size[1] * self.head, steps=14), self.dark)
        bend = {Feeling.GLAD: 0.06, Feeling.SAD: -0.05, Feeling.ANGRY: -0.03}.get(feeling, 0.0)
        return self._stroke([self._at(-0.02, 0.78), self._at(0.08, 0.78 + bend), self._at(0.18, 0.77)])

    def label(self, faces: Faces) -> list[Item]:
        """The name on the breast, or below the chin where the body is cut off."""
        name = faces.printable(self.role.name)[:24]
        size = min(2.5, 0.36 * self.head, 1.5 * self.head / max(faces.measure(name, True), 0.5))
        y = self.top + 1.72 * self.head
        if y > self.panel.bottom - 0.6 * size:
            y = self.panel.bottom - 0.6 * size
        if not name.strip() or size < 0.8 or y < self.top + 0.9 * self.head:
            return []
        x = self.x - faces.measure(name, True) * size / 2
        return [Words(x, y, name, size, True, self.dark, halo=0.35 * min(size, 1.6) / 1.6)]
