"""The words around what the story bible says, in the languages that prompts are drawn up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BibleWords:
    """One language. `%` in a lead stands for the name."""

    character: str
    background: str
    scene: str
    end: str
    """What every picture is to leave out."""
    labels: Mapping[str, str]
    colon: str = ": "
    stop: str = "."
    comma: str = ", "
    gap: str = " "
    """Between sentences."""


_KEYS = (
    *("role", "age", "looks", "about", "traits", "pose", "archetype", "style", "kind", "mood", "time"),
    *("light", "air", "view", "around", "who", "where", "camera", "happens", "details"),
)


def _labels(words: str) -> dict[str, str]:
    return dict(zip(_KEYS, words.split("|"), strict=True))


WORDS: Mapping[str, BibleWords] = {
    "en": BibleWords(
        "Model sheet of %: the same figure standing at one height from the front, from the side and from"
        " behind, then the head once, large. Plain ground",
        "Establishing view of % for a comic, empty of people, with room for balloons at the top",
        "One comic panel of the scene “%”, readable at a glance, with room for balloons",
        "No lettering, no balloons",
        _labels(
            "Role|Age|Appearance|Description|Traits|Pose|Type|Style|Kind of place|Mood|Time of day|Light"
            "|Atmosphere|View|Surroundings|In it|Place|Camera|What happens|Details"
        ),
    ),
    "fr": BibleWords(
        "Fiche de personnage de % : la même silhouette debout, à une seule échelle, de face, de profil et de"
        " dos, puis la tête une fois en grand. Fond uni",
        "Vue d'ensemble de % pour une bande dessinée, sans personne, de la place en haut pour les bulles",
        "Une case de bande dessinée de la scène « % », lisible d'un coup d'œil, place pour les bulles",
        "Sans lettrage ni bulles",
        _labels(
            "Rôle|Âge|Apparence|Description|Traits|Pose|Type|Style|Type de lieu|Ambiance|Moment|Lumière"
            "|Atmosphère|Point de vue|Environnement|On y voit|Lieu|Cadrage|Ce qui se passe|Détails"
        ),
        colon=" : ",
    ),
    "ja": BibleWords(
        "%のキャラクターシート。同じ人物の立ち姿を同じ縮尺で正面、横、後ろから、さらに顔を大きく一つ。背景は無地",
        "漫画の背景、%の全景。人物なし、上部に吹き出しの余白",
        "シーン「%」の漫画の一コマ。一目で読め、吹き出しの余白がある",
        "文字なし、吹き出しなし",
        _labels(
            "役割|年齢|外見|説明|特徴|ポーズ|タイプ|画風|場所の種類|雰囲気|時間帯|光|空気感|視点|周囲|登場人物|場所"
            "|カメラ|出来事|細部"
        ),
        colon="：", stop="。", comma="、", gap="",
    ),
    "es": BibleWords(
        "Hoja de personaje de %: la misma figura de pie, a una sola escala, de frente, de perfil y de"
        " espaldas, y la cabeza una vez en grande. Fondo liso",
        "Vista general de % para un cómic, sin personas, con espacio arriba para los globos",
        "Una viñeta de cómic de la escena «%», legible de un vistazo, con espacio para los globos",
        "Sin rotulación ni globos",
        _labels(
            "Papel|Edad|Aspecto|Descripción|Rasgos|Pose|Tipo|Estilo|Tipo de lugar|Ambiente|Momento del día"
            "|Luz|Atmósfera|Punto de vista|Entorno|Aparecen|Lugar|Plano|Lo que ocurre|Detalles"
        ),
    ),
    "it": BibleWords(
        "Scheda del personaggio di %: la stessa figura in piedi, alla stessa scala, di fronte, di profilo e"
        " di spalle, poi la testa una volta in grande. Sfondo neutro",
        "Veduta d'insieme di % per un fumetto, senza persone, con spazio in alto per i balloon",
        "Una vignetta di fumetto della scena «%», leggibile a colpo d'occhio, con spazio per i balloon",
        "Senza lettering né balloon",
        _labels(
            "Ruolo|Età|Aspetto|Descrizione|Tratti|Posa|Tipo|Stile|Tipo di luogo|Umore|Ora del giorno|Luce"
            "|Atmosfera|Punto di vista|Dintorni|In scena|Luogo|Inquadratura|Che cosa accade|Dettagli"
        ),
    ),
    "de": BibleWords(
        "Charakterblatt von %: dieselbe Figur stehend in einem Maßstab von vorn, von der Seite und von"
        " hinten, dann der Kopf einmal groß. Glatter Hintergrund",
        "Totale von % für einen Comic, ohne Menschen, oben Platz für Sprechblasen",
        "Ein Comicpanel der Szene „%“, auf einen Blick lesbar, mit Platz für Sprechblasen",
        "Ohne Schrift und ohne Sprechblasen",
        _labels(
            "Rolle|Alter|Aussehen|Beschreibung|Eigenschaften|Pose|Typ|Stil|Art des Ortes|Stimmung|Tageszeit"
            "|Licht|Atmosphäre|Blick|Umgebung|Zu sehen|Ort|Kamera|Was geschieht|Einzelheiten"
        ),
    ),
}  # fmt: skip


def bible_words(language: str) -> BibleWords:
    """Those of a language, English for one that has none."""
    return WORDS.get(language.partition("-")[0].lower(), WORDS["en"])
