"""Scripts of our own in every dialect that comes in, with what is in each."""

from __future__ import annotations

from dataclasses import dataclass

from core.script.formats import Dialect


@dataclass(frozen=True)
class Fixture:
    """A text and its right reading."""

    name: str
    ending: str
    text: str
    dialect: Dialect
    language: str
    pages: int
    panels: int
    balloons: int
    captions: int = 0
    sfx: int = 0
    notes: int = 0
    scenes: int = 0
    chapters: int = 0
    lines: tuple[str, ...] = ()
    """Lines that the result has."""


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

PAN_FR = """\
titre : La Gardienne
auteur : personne

---

[1]

Un phare sur un rocher nu. Il pleut depuis des jours.

    RÉCITATIF
    Quarante ans d'huile et de sel.

[2]

Inès monte l'escalier avec la lampe.

    INÈS (hors champ)
    Encore un hiver, ma vieille.

---|---

[1]

La vague passe par-dessus tout.

    SFX
    KRAAAK
"""

FOUNTAIN_FR = """\
Titre : L'Attente
Auteur : personne

INT. GARE ROUTIÈRE - NUIT

Une horloge sans aiguilles. NORA est assise dessous, avec un étui de violoncelle.

L'AÎNÉE
(à l'horloge)
Tu pourrais au moins faire semblant.

Les portes s'ouvrent. Il n'y a personne.

EXT. GARE ROUTIÈRE - SUITE

NORA
Encore une minute.
"""

AMES_FR = """\
# PLANCHE 1

## Un jardin sur un toit, où toutes les plantes sont en fer-blanc.

### Récitatif

Ici, rien n'a besoin d'eau.

### Le jardinier (pensée)

1. Encore de la rouille...

## Gros plan sur la burette d'huile.

### L'enfant

2. Est-ce que ça fait mal ?
"""

LISTS_FR = """\
1. LA LAVERIE - deux heures du matin

    1. Des machines en rang, une seule tourne.

        > « Chaque ville a une pièce qui ne dort jamais. »

        - VÉRA
        - Tu es en avance.

    1. Gros plan sur le tambour.

        - PAUL : C'était une main ?
"""

SERIFU_JA = """\
# ページ1
- 1.1
- 1.2
ハル/小声: もう鐘が鳴ったの？
ミロ: 二回。
* ギイ
# ページ2
- 2.1
ハル/怒り: 猫のせいにしないで。
"""

FOUNTAIN_JA = """\
Title：灯台守
Author：だれか

INT. 灯台 - 夜

雨が窓を打っている。

@イネス
（小声で）
あとひと冬だけ。

@声
まだいるのか。

EXT. 岩場 - 朝

海は静かだ。
"""

AMES_JA = """\
# ページ1

## 屋上の庭。植物はすべてブリキでできている。

### ナレーション

ここでは水はいらない。

### 庭師（心の声）

1. また錆びている…

## 油差しのアップ。

### こども

2. 痛いの？
"""

SCREENPLAY_NOTES = "[[One note of ours, over\ntwo lines.]]"

FIXTURES = (
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
    Fixture("numbers by sign", ".txt", MOONKIN, Dialect.PLAIN, "en", pages=2, panels=3, balloons=3),
    Fixture("underlined panels", ".txt", JOSHP, Dialect.PLAIN, "en", pages=2, panels=3, balloons=3),
    Fixture(
        "panels in French",
        ".pan",
        PAN_FR,
        Dialect.PANELS,
        "fr",
        pages=3,
        panels=3,
        balloons=1,
        captions=1,
        sfx=1,
        lines=("PAGE 1 :", "PANEL 2 :", "INÈS (hors champ) : Encore un hiver, ma vieille."),
    ),
    Fixture(
        "screenplay in French",
        ".fountain",
        FOUNTAIN_FR,
        Dialect.FOUNTAIN,
        "fr",
        pages=0,
        panels=0,
        balloons=2,
        scenes=2,
        lines=("L'AÎNÉE (à l'horloge) : Tu pourrais au moins faire semblant.",),
    ),
    Fixture(
        "ames in French",
        ".md",
        AMES_FR,
        Dialect.AMES,
        "fr",
        pages=1,
        panels=2,
        balloons=2,
        captions=1,
        lines=("LE JARDINIER (pensée) : Encore de la rouille...",),
    ),
    Fixture(
        "lists in French",
        ".txt",
        LISTS_FR,
        Dialect.LISTS,
        "fr",
        pages=1,
        panels=2,
        balloons=2,
        captions=1,
        lines=("PAUL : C'était une main ?",),
    ),
    Fixture(
        "serifu in Japanese",
        ".txt",
        SERIFU_JA,
        Dialect.SERIFU,
        "ja",
        pages=2,
        panels=3,
        balloons=3,
        sfx=1,
        lines=("コマ2",),
    ),
    Fixture(
        "screenplay in Japanese",
        ".fountain",
        FOUNTAIN_JA,
        Dialect.FOUNTAIN,
        "ja",
        pages=0,
        panels=0,
        balloons=2,
        scenes=2,
    ),
    Fixture(
        "ames in Japanese",
        ".md",
        AMES_JA,
        Dialect.AMES,
        "ja",
        pages=1,
        panels=2,
        balloons=2,
        captions=1,
    ),
)
