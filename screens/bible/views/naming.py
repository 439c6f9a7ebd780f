"""The names of those whom scenes list, looked up once until somebody is called otherwise."""

from __future__ import annotations

from core.bible import Cast, Find, Mentioned, find_background, people_of
from core.story import ProjectStore, Section
from core.story.records import Background, Character, Scene


class SceneNames:
    """Reads characters and backgrounds when it is first asked for them; `forget` when they change."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store
        self._cast: Cast | None = None
        self._find_place: Find | None = None
        self._former: dict[Section, dict[str, str]] = {}
        self._trashed: dict[Section, list[str]] = {}

    def forget(self, section: Section) -> None:
        """Records of a section changed."""
        self._former.pop(section, None)
        self._trashed.pop(section, None)
        if section is Section.CHARACTERS:
            self._cast = None
        elif section is Section.BACKGROUNDS:
            self._find_place = None

    @property
    def cast(self) -> Cast:
        """The characters."""
        if self._cast is None:
            self._cast = Cast(self._store.characters())
        return self._cast

    @property
    def characters(self) -> dict[str, Character]:
        """By their ids."""
        return {one.id: one for one in self.cast.characters}

    def people(self, scene: Scene) -> tuple[Mentioned, ...]:
        """Whom a scene lists, with those who were deleted."""
        return people_of(scene.characters, self.cast.meant, *self._gone(Section.CHARACTERS))

    def places(self, scene: Scene) -> tuple[Mentioned, ...]:
        """Where it plays: its background first."""
        references = dict.fromkeys(filter(None, (scene.background, *scene.decors)))
        return people_of(references, self.find_place, *self._gone(Section.BACKGROUNDS))

    def find_place(self, reference: str) -> Character | Background | None:
        """The background that a scene means."""
        if self._find_place is None:
            self._find_place = find_background(self._store.backgrounds())
        return self._find_place(reference)

    def _gone(self, section: Section) -> tuple[dict[str, str], list[str]]:
        if section not in self._former:
            self._former[section] = self._store.former_names(section)
            self._trashed[section] = [one.id for one in self._store.trashed(section)]
        return self._former[section], self._trashed[section]
