"""Things that can be drawn, each as lines of shapes in a square of 100, its foot at 94.

`o fill x y across down` is an oval, `p fill x y …` an outline, `r fill x y width height` a box,
`b fill width x y …` a limb, `l x y …` a line. Fills: m, s, t are the palette's first three colours, p and
q pale ones of the first two, w white, d dark, g grey.
"""

from __future__ import annotations

from collections.abc import Mapping

BOX = """
p p 20 36 52 48 52 92 20 78
p q 52 48 82 34 82 76 52 92
p w 20 36 50 22 82 34 52 48
l 20 57 52 70 82 55
"""
"""What we have no drawing of."""

THINGS: Mapping[str, str] = {
    "tree": """
b s 8 50 94 50 60
b s 5 50 70 62 56
o m 50 34 26 24
o m 33 46 17 15
o m 67 46 17 15
l 40 30 46 26 52 28
l 58 44 64 42 68 45
""",
    "bush": """
o m 34 78 18 16
o m 66 78 18 16
o m 50 70 22 22
l 44 66 50 62 56 66
""",
    "palm": """
b s 7 50 94 48 70 54 40
p m 54 40 30 26 14 38 34 34
p m 54 40 40 18 24 16 42 28
p m 54 40 66 16 82 18 64 30
p m 54 40 78 28 92 44 74 36
p m 54 40 52 20 60 10 62 26
o t 50 44 4 4
o t 58 45 4 4
""",
    "house": """
r q 20 50 60 44
p m 12 52 50 20 88 52
r s 44 68 14 26
r w 26 60 12 12
r w 64 60 12 12
l 32 60 32 72
l 70 60 70 72
""",
    "planet": """
o m 50 50 30 30
o p 40 42 8 6
o p 58 58 10 6
p s 12 62 30 62 50 60 72 50 88 38 90 42 74 56 52 66 28 70 12 66
""",
    "moon": """
o w 50 50 30 30
o g 40 42 7 6
o g 60 58 9 8
o g 58 36 4 3
""",
    "rocket": """
p s 38 66 24 84 40 80
p s 62 66 76 84 60 80
p t 42 80 50 96 58 80
p w 50 8 64 34 62 80 38 80 36 34
p m 50 8 60 28 40 28
o p 50 44 8 8
l 38 68 62 68
""",
    "lamp": """
r s 40 90 20 4
r g 48 40 4 50
p t 34 16 66 16 76 42 24 42
l 70 42 70 54
""",
    "table": """
r s 14 52 72 7
r s 20 59 6 35
r s 74 59 6 35
o w 40 49 5 3
""",
    "chair": """
r m 26 20 8 44
r m 26 58 44 8
r m 27 66 6 28
r m 63 66 6 28
r q 34 24 4 34
""",
}
