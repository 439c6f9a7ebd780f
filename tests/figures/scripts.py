"""Scripts in three languages whose figures were counted by hand."""

from __future__ import annotations

ENGLISH = """\
Title: Night Ferry

CHAPTER 1: The crossing

PAGE 1
EXT. HARBOUR - NIGHT
PANEL 1
(A ferry leaves the quay.)
CAPTION: November.
MARA (off): You never told me it would be cold.
PANEL 2
MARA: I would have brought the coat.
JOSS: You would have brought three.
PANEL 3
SFX: HOOONK

PAGES 2-3
INT. CABIN - LATER
PANEL 1
(Silence.)
PANEL 2
JOSS: So.
EXT. HARBOUR, DAWN
Mara: So.

PAGE 4
PANEL 1
(The whole bay.)
"""

FRENCH = """\
CHAPITRE 1 : La traversée
PLANCHE 1 :
EXT. PORT - NUIT
CASE 1 :
CARTOUCHE : Novembre.
MARA (off) : Tu ne m'avais pas dit qu'il ferait froid.
"""

JAPANESE = """\
第1話　渡し
1ページ
〇港・桟橋（夜）
1コマ目
雨の中、船が岸を離れる。
真奈「こんなに寒いなんて」
2コマ目
譲「うん」
2ページ
〇港・桟橋（朝）
1コマ目
譲「朝だ」
"""
