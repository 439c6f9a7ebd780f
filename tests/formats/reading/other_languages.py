"""Scripts of our own in French and Japanese."""

from __future__ import annotations

from core.script.formats import Dialect
from tests.formats.reading.fixture import Fixture

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

OTHERS = (
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
