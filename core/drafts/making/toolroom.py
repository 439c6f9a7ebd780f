"""What planning needs beside drafts (providers, themes), read in a thread before anybody waits for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from core.drafts.making.asking import Workshop
from core.drafts.making.settings import MakingSettings

if TYPE_CHECKING:
    from core.paths import Paths
    from core.providers import ProvidersSettings


class ToolRoom:
    """Keeps a Workshop of the settings. Belongs to the screens' thread."""

    def __init__(
        self, paths: Paths, settings: MakingSettings | None, providers: ProvidersSettings | None
    ) -> None:
        """`providers` are what the settings of this machine say of them."""
        self._paths = paths
        self.settings = settings or MakingSettings()
        self.providers = providers
        self._workshop: Workshop | None = None
        self.read_ahead()

    def use(self, settings: MakingSettings, providers: ProvidersSettings | None) -> None:
        """Follow other settings from now on; None: the same providers as before."""
        self.settings, self.providers = settings, providers or self.providers
        self._workshop = None
        self.read_ahead()

    def workshop(self) -> Workshop:
        """As the settings are now; waits for its reading only where nobody has read ahead."""
        return self._workshop or self._read()

    def read_ahead(self) -> None:
        """Read it (again) before it is needed: themes are files, and providers many modules."""
        threading.Thread(target=self._read, name="genko-making-reads", daemon=True).start()

    def _read(self) -> Workshop:
        from core.drafts.prompting import resolving  # noqa: F401 - what planning needs
        from core.drafts.themes import themes
        from core.providers import ProvidersSettings, providers

        settings, wanted = self.settings, self.providers
        made = Workshop(settings, providers(wanted or ProvidersSettings()), themes(self._paths))
        if (settings, wanted) == (self.settings, self.providers):
            self._workshop = made
        return made
