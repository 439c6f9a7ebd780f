"""Comics of our own in English, in every dialect of theirs."""

from __future__ import annotations

from core.script.formats import Dialect
from tests.formats.reading.fixture import Fixture

PAN = """\
title: The Lamp Keeper
author: nobody you know

===

The First Night

---

[1]

A lighthouse on a bare rock. Rain.

> Keep the horizon low, please.
> It has to feel far away.

    CAPTION (low)
    Forty years of oil and salt.

[2] close

Ines climbs the stairs.

    INES (OFF)
    One more winter, old thing.
    (cont.)
    Then we both retire.

---|---

[1]

The wave breaks over everything.

    SFX (wave)
    KRAASH

[]

Darkness.
"""

SERIFU = """\
# PAGE 1
- 1.1
- 1.2
Rosa/Whisper: Did the bell ring?
Rosa/Whisper: Twice?
Sign: CLOSED
- 1.3
* creak (gii)
! The door is the one from page 9.
Milo: I did not touch it.

# PAGE 2
- 2.1
Rosa/Angry:
Milo/Small: ...it was the cat.
* meow
"""

AMES = """\
---
title: The Tin Gardener
issue: II
---

# PAGE 1 (L) - 2 Panels

## A rooftop garden at dawn, all the plants are made of tin.

### Caption

Nothing here needs water.

### Gardener (Thought)

1.  Rust again...

2.  ...and it is only ***March***
    this year.

## Close on an oil can.

### SFX (oil can)

glug

# PAGE 2 (R) -- 2 Panels

## The gardener oils a rose. A child watches\\--

### Child

3.  Does it hurt?

### Gardener (off)

4.  Only when it rains.

The rose opens.
---------------
"""

LISTS = """\
1. THE LAUNDRETTE - two in the morning

    1. Rows of machines, one of them turning.

        > "Every town has a room that never sleeps."

        - VERA
        - You are early.

        - SFX
        - thump thump

    1. Close on the drum. Something looks out.

        - VERA (whisper)
        - Not again.
        - PAUL
        - Was that a hand?

1. THE STREET - same time

    1. Vera drags Paul out by his sleeve.

        - PAUL: My coat!

        > "He never went back for it."
"""

CODES = """\
[1-10-010] A kitchen. Sam stares at the kettle.

-Sam-
| SAID | WOULD NOT WAIT
FOR YOU.

[1-10-020]
The kettle stares back.

-Kettle-
HISS.

[1-20-010] Outside.

-Sam- FINE.
"""

MOONKIN = """\
[Page #]

Panel # - A village asleep under snow.

  EDDA: Is it time?

  BRAM: It was time an hour ago, and you
        know it as well as I do.

Panel # - Edda lights the lamp.

[Page #]

Panel # - Two tracks in the snow.

  EDDA: He went without us.
"""

JOSHP = """\
Page 1

_Panel_1_

ANA: It floats.

LEO: Of course it floats.

_Panel_2_

The boat sinks.

Page 2

_Panel_1_

ANA: You said.
"""

COMICS = (
    Fixture(
        "panels",
        ".txt",
        PAN,
        Dialect.PANELS,
        "en",
        pages=3,
        panels=4,
        balloons=2,
        captions=1,
        sfx=1,
        notes=1,
        chapters=1,
        lines=(
            "PAGES 2-3:",
            "INES (OFF): One more winter, old thing.",
            "SFX (wave): KRAASH",
            "[[Keep the horizon low, please. It has to feel far away.]]",
        ),
    ),
    Fixture(
        "serifu",
        ".txt",
        SERIFU,
        Dialect.SERIFU,
        "en",
        pages=2,
        panels=4,
        balloons=5,
        sfx=2,
        notes=1,
        lines=("ROSA (Whisper): Did the bell ring?", "SFX: creak (gii)", "SIGN: CLOSED"),
    ),
    Fixture(
        "ames",
        ".md",
        AMES,
        Dialect.AMES,
        "en",
        pages=2,
        panels=4,
        balloons=4,
        captions=1,
        sfx=1,
        lines=(
            "GARDENER (Thought): ...and it is only ***March*** this year.",
            "(The rose opens.)",
            "(The gardener oils a rose. A child watches--)",
        ),
    ),
    Fixture(
        "lists",
        ".md",
        LISTS,
        Dialect.LISTS,
        "en",
        pages=2,
        panels=3,
        balloons=4,
        captions=2,
        sfx=1,
        lines=("VERA (whisper): Not again.", "PAUL: My coat!", 'CAPTION: "He never went back for it."'),
    ),
    Fixture(
        "codes",
        ".txt",
        CODES,
        Dialect.CODES,
        "en",
        pages=0,
        panels=3,
        balloons=3,
        lines=("SAM: I SAID I WOULD NOT WAIT FOR YOU.", "SAM: FINE."),
    ),
    Fixture("numbers by sign", ".txt", MOONKIN, Dialect.PLAIN, "en", pages=2, panels=3, balloons=3),
    Fixture("underlined panels", ".txt", JOSHP, Dialect.PLAIN, "en", pages=2, panels=3, balloons=3),
)
