"""What somebody does in a panel and how they feel, as its description tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Pose(Enum):
    """What the body does."""

    STAND = ""
    SIT = "sit"
    WALK = "walk"
    RUN = "run"
    POINT = "point"
    CALL = "call"
    CROSSED = "crossed"


class Feeling(Enum):
    """What the face shows."""

    NONE = ""
    GLAD = "glad"
    SAD = "sad"
    ANGRY = "angry"
    AFRAID = "afraid"
    ASLEEP = "asleep"


@dataclass(frozen=True, slots=True)
class Acting:
    """Of one figure in one panel."""

    pose: Pose = Pose.STAND
    feeling: Feeling = Feeling.NONE
    back: bool = False
    """Seen from behind."""


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_POSES = {
    Pose.RUN: _any(
        r"\brun(s|ning)?\b|\bsprint|\brush(es|ing)?\b|\bchas(es|ing)\b|\bcour(t|ent|ant)\b|走る|走り|"
        r"走って|駆け"
    ),
    Pose.CALL: _any(
        r"\b(tele)?phon(e|es|ing)\b|\breceiver\b|\bon the line\b|\btéléphon|\bcombiné|電話|受話器"
    ),
    Pose.POINT: _any(r"\bpoint(s|ing)? (at|to|out|up|down)|\bmontre du doigt|\bdésigne|指さ|指差"),
    Pose.CROSSED: _any(
        r"\barms (are )?(crossed|folded)|\b(crosses|folds) (his|her|their) arms|\bbras croisés|腕を組|"
        r"腕組"
    ),
    Pose.SIT: _any(
        r"\bsit(s|ting)?\b|\bseated\b|\bsat\b|\bassise?s?\b|\bs'assied|\bs'assoit|"
        r"\bat (his|her|the) desk\b|座|腰掛|腰を下ろ"
    ),
    Pose.WALK: _any(r"\bwalk(s|ing)?\b|\bstrolls?\b|\bstrid(es|ing)\b|\bmarch(e|ent|ant)\b|\bse promène|歩"),
}  # fmt: skip
_FEELINGS = {
    Feeling.ASLEEP: _any(
        r"\basleep\b|\bsleep(s|ing)?\b|\beyes (are )?(closed|shut)|\bsnor|\bdor(t|ment|mant)\b|\bendormi|"
        r"\byeux (fermés|clos)|眠|寝|目を閉じ"
    ),
    Feeling.ANGRY: _any(
        r"\bangr(y|ily)\b|\bfurious|\brage\b|\bscowl|\bglar(es|ing)\b|\bcolère|\bfuri(eux|euse)|\bénervé|"
        r"怒|睨"
    ),
    Feeling.AFRAID: _any(
        r"\bafraid\b|\bscared\b|\bterrif|\bfrighten|\bshock(ed)?\b|\bsurprised?\b|\bstartled|\beffray|"
        r"\bpeur\b|\bterreur|\bsurprise?\b|\bchoqué|怖|恐|驚|びっくり"
    ),
    Feeling.SAD: _any(
        r"\bsad(ly)?\b|\bcr(y|ies|ying)\b|\btears?\b|\bweep|\bsob(s|bing)?\b|\btristes?(ment)?\b|\bpleur|"
        r"\blarmes?\b|泣|涙|悲"
    ),
    Feeling.GLAD: _any(
        r"\bsmil(e|es|ing)\b|\bgrin|\blaugh|\bhappy\b|\bjoy(ful)?\b|\bdelighted|\bsouri(t|re|ant)|"
        r"\brient?\b|\brire\b|\bheureu|\bjoyeu|笑|嬉|喜|にっこり"
    ),
}  # fmt: skip
_BACK = _any(
    r"\bfrom (behind|the back)\b|\b(his|her|their) backs?\b|\bback to (us|camera)|"
    r"\bde dos\b|\bpar derrière|後ろ姿|背中|背後から"
)
_OVER = _any(r"\bover[- ](the[- ])?(\w+['’]s? )?shoulder|\bO\.?T\.?S\b|\bpar-dessus l'épaule|肩越し")
_SENTENCES = re.compile(r"(?<=[.!?;。！？])\s*")
_LOOKED_AT = 600


def acting_of(name: str, description: str, *, alone: bool) -> Acting:
    """What the sentences that name somebody say; all of them where nobody else is there."""
    parts = _SENTENCES.split(description[:_LOOKED_AT])
    known = name.casefold()
    mine = description[:_LOOKED_AT] if alone else " ".join(part for part in parts if known in part.casefold())
    if not mine:
        return Acting()
    pose = next((pose for pose, words in _POSES.items() if words.search(mine)), Pose.STAND)
    feeling = next((one for one, words in _FEELINGS.items() if words.search(mine)), Feeling.NONE)
    return Acting(pose, feeling, bool(_BACK.search(mine)))


def over_shoulder(description: str) -> bool:
    """Whether one looks over somebody's shoulder."""
    return bool(_OVER.search(description[:_LOOKED_AT]))
