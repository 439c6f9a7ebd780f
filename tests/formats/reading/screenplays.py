"""Screenplays of our own, and comics written like them."""

from __future__ import annotations

from core.script.formats import Dialect
from tests.formats.reading.fixture import Fixture

SCREENPLAY = """\
Title: The Long Wait
Credit: written by
Author: Nobody You Know
Draft date: 2 May

INT. BUS STATION - NIGHT

A clock without hands. NORA (60) sits under it with a cello case.

NORA
(to the clock)
You could at least pretend.

The doors slide open. Nobody comes in.

DRIVER (O.S.)
Last bus!
(beat)
Lady?

NORA ^
One more minute.

CUT TO:

EXT. BUS STATION - CONTINUOUS

> THE END <
"""

COMIC_SECTIONS = """\
Title: Small Gods
Author: Nobody You Know

# PAGE 1

.PANEL 1

A shrine behind a car park.

TOAD
Offerings, please.

.PANEL 2

CAPTION
It had been a slow century.

SFX
PLOP

# PAGE 2

.PANEL 1

[[Lots of room on the left for the logo.]]

TOAD
(hopeful)
Anyone?
"""

COMIC_MACROS = """\
Title: Template

#Script page {{serial page}}

.Panel 1

A door.

VOICE
Come in.

.Panel 2

The door again.

#Script page {{serial page}}

.Panel 1

Nobody.

/* If you read this, it can go.

BEAT:
{"Revision":3,"Caret Position":12}
END_BEAT */
"""

SCREENPLAYS = (
    Fixture(
        "screenplay",
        ".txt",
        SCREENPLAY,
        Dialect.FOUNTAIN,
        "en",
        pages=0,
        panels=0,
        balloons=4,
        scenes=2,
        lines=(
            "INT. BUS STATION - NIGHT",
            "NORA (to the clock): You could at least pretend.",
            "DRIVER (O.S.) (beat): Lady?",
        ),
    ),
    Fixture(
        "comic in sections",
        ".fountain",
        COMIC_SECTIONS,
        Dialect.FOUNTAIN,
        "en",
        pages=2,
        panels=3,
        balloons=2,
        captions=1,
        sfx=1,
        notes=1,
        lines=("TOAD (hopeful): Anyone?", "SFX: PLOP"),
    ),
    Fixture(
        "comic with macros",
        ".txt",
        COMIC_MACROS,
        Dialect.FOUNTAIN,
        "en",
        pages=2,
        panels=3,
        balloons=1,
        lines=("VOICE: Come in.",),
    ),
)
