"""What can be written of a character, a background, a scene: groups of fields, as data."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from core.story import Section


class FieldKind(Enum):
    """How a field is shown and typed."""

    LINE = auto()
    CHOICE = auto()
    """A line for which some words are offered; any other will do."""
    NAMES = auto()
    """A list, typed as a line with commas."""
    COLOUR = auto()
    PROSE = auto()
    FACTS = auto()
    """Not typed: a summary of what stands elsewhere or is done with a key."""


class Field(NamedTuple):
    """A field of a record: its attribute, its label, how it is typed, what is offered, what it is for."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    offers: tuple[str, ...] = ()
    help: str = ""
    also: tuple[str, ...] = ()
    """Keys of older documents that are read while the field itself is empty."""


class Group(NamedTuple):
    """Fields that fold together; `folded` at first, if hardly anybody writes them."""

    title: str
    fields: tuple[Field, ...]
    folded: bool = False


LINE, CHOICE, NAMES = FieldKind.LINE, FieldKind.CHOICE, FieldKind.NAMES
COLOUR, PROSE, FACTS = FieldKind.COLOUR, FieldKind.PROSE, FieldKind.FACTS

STYLES = ("shonen", "shoujo", "seinen", "josei", "chibi", "realistic")
ROLES = (
    "protagonist",
    "antagonist",
    "ally",
    "mentor",
    "rival",
    "love interest",
    "family",
    "comic relief",
    "extra",
)
ARCHETYPES = (
    *("hero", "villain", "mentor", "sidekick", "rival", "love interest", "comic relief", "mysterious"),
    *("herald", "guardian", "trickster", "shapeshifter"),
)
POSES = ("standing", "action", "portrait", "sitting", "fighting", "thinking")
COLOURS = ("#d9a45b", "#8fb8de", "#86b46e", "#e0705f", "#a9a3c9", "#e6d5b8", "#5fb3a8", "#d98fb0")
KINDS = ("interior", "exterior", "abstract")
CATEGORIES = ("urban", "nature", "fantasy", "interior", "futuristic", "historical")
PLACES = ("urban", "nature", "interior", "fantasy", "school", "traditional", "modern", "historical")
VIEWS = ("wide", "close", "aerial", "ground", "dramatic", "peaceful")
PLACE_MOODS = ("peaceful", "dramatic", "mysterious", "energetic", "melancholic", "epic")
TIMES = ("dawn", "morning", "noon", "afternoon", "evening", "night")
CAMERAS = (
    *("close-up", "medium", "wide", "bird-eye", "low-angle", "high-angle"),
    *("extreme-close", "medium-close", "medium-wide", "extreme-wide", "eye-level", "dutch-angle", "overhead"),
)
LIGHTS = ("natural", "dramatic", "soft", "golden", "night", "studio", "bright", "dim", "artificial")
SCENE_MOODS = ("action", "romantic", "dramatic", "peaceful", "mysterious", "comedic", "calm", "tense")
STATUSES = ("idea", "outlined", "written", "drawn", "done")

NOTES = Field("notes", "Notes", PROSE, help="Whatever is worth keeping; nobody else reads it but your team.")
TAGS = Field("tags", "Tags", NAMES, help="Words to find it by, with commas between them.")
PROMPT = Group(
    "Prompt",
    (Field("prompt", "Prompt", PROSE, help="Words for whoever, or whatever, draws it."),),
)
ORIGIN = Group(
    "Where it comes from",
    (
        Field("image_url", "Picture's address", help="Where an earlier program kept the picture."),
        Field("image", "Older picture"),
        Field("created_at", "Made", FACTS),
        Field("last_modified", "Last changed there", FACTS),
        Field("metadata", "Also known", FACTS),
        Field("extra", "Not read here", FACTS, help="Kept as it came, for programs that know it."),
    ),
    folded=True,
)
PICTURES = Field("pictures", "Pictures", FACTS, help="p adds or takes away pictures.")

CHARACTER = (
    Group(
        "Identity",
        (
            Field("name", "Name", help="As the script's cues have it; r in the list renames the cues, too."),
            Field("aliases", "Also called", NAMES, help="Other names in cues, with commas between them."),
            Field("role", "Role", CHOICE, ROLES, "What the character is to the story."),
            Field("archetype", "Archetype", CHOICE, ARCHETYPES),
            Field("age", "Age", help="A number or words: 17, ageless."),
            Field("colour", "Colour", COLOUR, COLOURS, "#rrggbb: what is drawn for the character has it."),
            TAGS,
        ),
    ),
    Group(
        "Voice", (Field("voice", "Voice", PROSE, help="How they speak: words, rhythm, what they never say."),)
    ),
    Group(
        "Looks",
        (
            Field("appearance", "Appearance", PROSE, help="What stays the same from panel to panel."),
            Field("style", "Style", CHOICE, STYLES, "How they are drawn."),
            Field("pose", "Pose", CHOICE, POSES),
            PICTURES,
        ),
    ),
    Group(
        "Story",
        (
            Field("description", "Description", PROSE, help="Who it is, in a few sentences."),
            Field("goals", "Goals", PROSE, help="What they want, what they need, what stands in the way."),
            Field("traits", "Traits", NAMES, help="With commas between them."),
            NOTES,
        ),
    ),
    Group("Relations", (Field("relationships", "Knows", FACTS, help="o adds and changes relations."),)),
    PROMPT,
    ORIGIN._replace(fields=(Field("avatar", "Avatar"), *ORIGIN.fields)),
)
BACKGROUND = (
    Group(
        "Identity",
        (
            Field("name", "Name", help="As the script's headings and descriptions have it."),
            Field("kind", "Kind", CHOICE, KINDS, "Inside, outside, or nowhere in particular."),
            Field("category", "Category", CHOICE, CATEGORIES),
            Field("archetype", "Type of place", CHOICE, PLACES),
            TAGS,
        ),
    ),
    Group(
        "Looks",
        (
            Field("description", "Description", PROSE, help="What one sees, from afar and from near."),
            Field("mood", "Mood", CHOICE, PLACE_MOODS),
            Field("time_of_day", "Time of day", CHOICE, TIMES),
            Field("lighting", "Light", CHOICE, LIGHTS),
            Field("atmosphere", "Atmosphere", help="Weather, sounds, smells."),
            Field("environment", "Surroundings", help="What lies around it."),
            Field("style", "Style", CHOICE, STYLES),
            Field("view", "View", CHOICE, VIEWS, "From where it is mostly seen."),
            Field("traits", "Details", NAMES, help="What must not be forgotten, with commas between."),
            PICTURES,
        ),
    ),
    Group("Notes", (NOTES,)),
    PROMPT,
    ORIGIN._replace(
        fields=(
            Field("filed_as", "Filed as", FACTS, help="Where an earlier program kept it."),
            *ORIGIN.fields,
        )
    ),
)
SCENE = (
    Group(
        "Identity",
        (
            Field("title", "Title", also=("name",)),
            Field("summary", "Summary", PROSE, help="What happens, in a sentence or two."),
            Field("status", "Status", CHOICE, STATUSES),
            TAGS,
        ),
    ),
    Group(
        "Who and where",
        (
            Field("characters", "Characters", FACTS, help="c says who is in it."),
            Field("background", "Place", FACTS, help="b says where it is."),
            Field("decors", "Other places", FACTS),
            Field("first_page", "Pages", FACTS, help="k links it with pages of the script."),
        ),
    ),
    Group(
        "How it is seen",
        (
            Field("camera", "Camera", CHOICE, CAMERAS, also=("cameraAngle", "cameraPlan")),
            Field("lighting", "Light", CHOICE, LIGHTS),
            Field("mood", "Mood", CHOICE, SCENE_MOODS, also=("mood",)),
            Field("description", "Description", PROSE),
            Field("details", "Details", PROSE, also=("additionalDetails",)),
            PICTURES,
        ),
    ),
    Group("Notes", (NOTES,)),
    PROMPT,
    ORIGIN._replace(
        fields=(
            Field("name", "Earlier name", help="What an earlier program called it."),
            Field("pages", "Pages as they came", FACTS),
            Field("panels", "Panels as they came", FACTS),
            *ORIGIN.fields,
        )
    ),
)
GROUPS: dict[Section, tuple[Group, ...]] = {
    Section.CHARACTERS: CHARACTER,
    Section.BACKGROUNDS: BACKGROUND,
    Section.SCENES: SCENE,
}
"""The groups of each section, in the order in which they are shown."""
