"""Keeps a linked file and an open project in step: one thread that looks, merges and writes."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from core.errors import GenkoError, IncomingError, JournalError
from core.incoming import render_bytes
from core.journal import Journal, JournalState, read_facts
from core.paths import Paths
from core.story import Frontier, TextEdit, text_at, three_way
from core.workspace import linkfile
from core.workspace.linkfile import SAFE, FileText, LinkError, Stamp
from core.workspace.linking import (
    INTENT,
    LINK,
    Intent,
    Link,
    link_lock,
    read_intent,
    read_link,
    settled,
    written,
)

if TYPE_CHECKING:
    from core.workspace.filelink import FactsAfter

LOOK_SECONDS = 1.0
"""Between two looks at the file."""
QUIET = 0.2
"""Seconds that a file must stay as it is before it is read: others may write it in parts."""
PATIENCE = 5.0
FRESH = 2_000_000_000
"""Nanoseconds; a file changed so recently may change again without its stamp showing it."""
TRIES = 4

T = TypeVar("T")


class Now(NamedTuple):
    """The script at one moment."""

    text: str
    frontier: Frontier


class LinkedProject(Protocol):
    """What the keeper asks of an open project; the methods belong to the project's own thread."""

    journal: Journal

    def now(self, *, follow: bool) -> Now:
        """The script as it is, others' words in the journal with it; `follow`: edits of it will come."""

    def edit(self, edits: tuple[TextEdit, ...], facts: FactsAfter) -> bool:
        """Edits of the text that `now` gave, as one undo step, and facts: in one transaction."""


class _Closing(Exception):
    """The project is being closed: whatever is under way is left for the next start."""


def _nothing() -> None:
    """Wakes a loop."""


class LinkKeeper:
    """Belongs to one session. `tell` is called on the keeper's thread with (sentence, is it trouble)."""

    def __init__(
        self,
        project: LinkedProject,
        project_id: str,
        paths: Paths,
        on_ui: Callable[[Callable[[], None]], None],
        tell: Callable[[str, bool], None],
    ) -> None:
        self._project = project
        self._project_id = project_id
        self._paths = paths
        self._on_ui = on_ui
        self._tell = tell
        self._wake = threading.Condition()
        self._wanted = 0
        self._done = 0
        self._closing = False
        self._last: Now | None = None
        self._seen: Stamp | None = None
        self._looked_at = False
        self._said = ""
        self._base: tuple[str, str] | None = None  # (sha, text) of what file and script last agreed on
        self._gone_since = 0.0
        self._thread = threading.Thread(target=self._run, name="genko-link", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def write(self) -> None:
        """Bring the file up to date soon: the writer has saved."""
        with self._wake:
            self._wanted += 1
            self._wake.notify_all()

    @property
    def is_idle(self) -> bool:
        """Whether the file has been looked at, and everything that was asked for is done or refused."""
        with self._wake:
            return self._looked_at and self._done == self._wanted

    def stop(self, now: Now, seconds: float) -> bool:
        """End. A write that was asked for is done with the script as it is `now`; merges are left."""
        with self._wake:
            self._closing, self._last = True, now
            self._wake.notify_all()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # the thread

    def _run(self) -> None:
        while self._next():
            with self._wake:
                wanted = self._wanted
            writes = wanted != self._done
            try:
                if writes or self._may_have_changed():
                    self._step(writes)
            except _Closing:
                if writes:
                    self._tell("The linked file has changed; it is merged when the project is opened.", True)
            except GenkoError as error:
                self._trouble(str(error), again=writes)
            except OSError as error:
                self._trouble(f"The linked file can't be used: {error.strerror}. {SAFE}", again=writes)
            with self._wake:
                self._done = wanted
                self._looked_at = True
            self._on_ui(_nothing)  # whoever waits on the project's thread looks at `is_idle` again

    def _next(self) -> bool:
        with self._wake:
            if self._looked_at and not self._closing:
                self._wake.wait_for(lambda: self._closing or self._wanted != self._done, LOOK_SECONDS)
            return not self._closing or self._wanted != self._done

    def _may_have_changed(self) -> bool:
        """One look at the file's stamp; the link itself may have been ended or changed elsewhere."""
        link = read_link(self._project.journal.get(LINK))
        if link is None:
            return False
        stamp = linkfile.stamp_of(link.target)
        fresh = stamp is not None and time.time_ns() - stamp.modified < FRESH
        return not self._looked_at or stamp != self._seen or fresh or stamp is None

    def _trouble(self, sentence: str, *, again: bool) -> None:
        """Told once, and whenever a save was asked for."""
        if sentence != self._said or again:
            self._said = sentence
            self._tell(sentence, True)

    def _step(self, writes: bool) -> None:
        with link_lock(self._paths, self._project_id):
            for _ in range(TRIES):
                self._flush()
                facts = self._facts()  # before the script: what came with them is in it then
                link = read_link(facts.get(LINK))
                if link is None or self._in_step(link, read_intent(facts.get(INTENT)), writes):
                    return
            raise LinkError("The linked file changes all the time.", safe=SAFE, todo="Save again later.")

    def _facts(self) -> Mapping[str, str]:
        """As they are in the project's file, whoever wrote them."""
        try:
            return read_facts(self._project.journal.path)
        except JournalError:
            known = {name: self._project.journal.get(name) for name in (LINK, INTENT)}
            return {name: value for name, value in known.items() if value}

    def _in_step(self, link: Link, intent: Intent | None, writes: bool) -> bool:
        """One round; False when file or script moved meanwhile and it has to be gone through again."""
        stamp = self._quiet(link.target)
        data = linkfile.read_bytes(link.target) if stamp is not None else None
        if linkfile.stamp_of(link.target) != stamp:
            return False  # written while it was read: what was read may be half of it, or nothing
        sha = linkfile.sha_of(data) if data is not None else None
        if intent is not None:
            link = self._after_a_crash(link, intent, sha)
        if data is None and link.sha:
            self._tell_gone(link, writes)
        elif data is not None:
            self._gone_since = 0.0
        if data is not None and sha != link.sha:
            self._take_in(link, data)
            return not writes
        self._seen = stamp
        if writes:
            return self._write_out(link, stamp)
        if data is not None:
            self._said = ""
        return True

    def _quiet(self, target: str) -> Stamp | None:
        """The file's stamp, once it has stayed the same for a moment."""
        end = time.monotonic() + PATIENCE
        stamp = linkfile.stamp_of(target)
        while stamp is not None and stamp != self._seen and time.monotonic() < end:
            time.sleep(QUIET)
            before, stamp = stamp, linkfile.stamp_of(target)
            if stamp == before:
                break
        return stamp

    def _after_a_crash(self, link: Link, intent: Intent, sha: str | None) -> Link:
        """What the file was made of, and whatever a write that was cut short had displaced."""
        new = settled(link, intent, sha)
        displaced = linkfile.displaced_by(intent.temporary)
        if new is not link and displaced is not None and linkfile.sha_of(displaced) != link.sha:
            self._bring_back(link, new, displaced)
        with contextlib.suppress(OSError):
            os.unlink(intent.temporary)
        self._put({LINK: written(new), INTENT: None})
        linkfile.let_go(intent.temporary)
        return new

    def _tell_gone(self, link: Link, writes: bool) -> None:
        """git takes a file away for a moment before it puts another there."""
        now = time.monotonic()
        self._gone_since = self._gone_since or now
        if not writes and now - self._gone_since >= 2 * LOOK_SECONDS:
            self._trouble(f"The linked file is gone: {link.path}. {SAFE} Saving writes it anew.", again=False)

    # in

    def _take_in(self, link: Link, data: bytes) -> None:
        """Merge what was done to the file into the script."""
        if self._project.journal.state is JournalState.FAILING:
            raise LinkError("The linked file has changed; it is merged once the disk takes words.", safe=SAFE)
        found = linkfile.text_of(data, link.path, link.encoding if link.sha else None)
        base = self._base_of(link)
        if linkfile.has_conflict(found.text) and not linkfile.has_conflict(base):
            raise LinkError(
                f"{link.path} holds the marks of a merge conflict, so it is neither read nor written.",
                safe=SAFE,
                todo="Resolve it there; then it is taken in.",
            )
        new = link.like(found)
        changed = self._merge(
            base, found, lambda same: new.came(found) if same is None else new.agreed(found.sha, same)
        )
        self._base = (found.sha, found.text)
        self._seen = None
        self._flush()
        if changed:
            self._said = ""
            name = os.path.basename(link.path)
            self._tell(f"{name} was changed outside; it is merged, and Ctrl+Z takes it back.", False)

    def _merge(self, base: str, found: FileText, then: Callable[[Frontier | None], Link]) -> bool:
        """Bring what was done to the file into the script; whether it changed the script.

        Compared beside the keys, and carried past what was typed meanwhile. `then` gives the link
        after it, from the frontier at which the script says just what the file says (None: it says more).
        """
        now = self._ask(partial(self._project.now, follow=True))
        edits = three_way(base, now.text, found.text)
        same = now.text in (base, found.text)

        def remembered(frontier: Frontier, moved: bool) -> Mapping[str, str]:
            return {LINK: written(then(frontier if same and not moved else None))}

        return self._ask(lambda: self._project.edit(edits, remembered))

    def _base_of(self, link: Link) -> str:
        """The text that file and script last agreed on."""
        if self._base is not None and self._base[0] == link.sha and link.sha:
            return self._base[1]
        if (kept := link.base_text()) is not None:
            return kept
        return text_at(self._project.journal.read_all(), link.base_frontier()) if link.frontier else ""

    # out

    def _write_out(self, link: Link, stamp: Stamp | None) -> bool:
        """Write the script to the file. False: the file moved on, try again."""
        now = self._now()
        try:
            data = render_bytes(now.text, link.newline, link.bom, link.encoding)
        except IncomingError as error:
            raise LinkError(f"The linked file was not written: {error.what}", safe=SAFE) from error
        new = link.agreed(linkfile.sha_of(data), now.frontier)
        if new.sha == link.sha and stamp is not None:
            self._remember(new, now.text)
            return True
        temporary = linkfile.temporary_of(link.target, self._project_id)
        linkfile.write_temporary(link.target, temporary, data)
        try:
            if not self._may_replace(link, Intent(new.sha, new.frontier, temporary), stamp):
                return False
            displaced = linkfile.put_in_place(link.target, temporary)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        self._seen = linkfile.stamp_of(link.target)
        late = displaced is not None and stamp is not None and linkfile.sha_of(displaced) != link.sha
        if late and displaced is not None:
            self._bring_back(link, new, displaced)
        else:
            self._remember(new, now.text)
        linkfile.let_go(temporary)
        return not late

    def _may_replace(self, link: Link, intent: Intent, stamp: Stamp | None) -> bool:
        """Make what is about to happen durable, then see that the file is as it was looked at."""
        self._put({INTENT: written(intent)})
        if not self._project.journal.sync():
            raise LinkError("The linked file was not written: the project's own comes first.", safe=SAFE)
        if linkfile.stamp_of(link.target) == stamp:
            return True
        self._put({INTENT: None})
        return False

    def _bring_back(self, link: Link, new: Link, displaced: bytes) -> None:
        """Somebody wrote the file in the very moment it was replaced: merge that, and write again."""
        found = linkfile.text_of(displaced, link.path, link.encoding)
        self._merge(self._base_of(link), found, lambda _: new)
        self._base = None
        self._put({INTENT: None})

    def _remember(self, link: Link, text: str) -> None:
        self._base = (link.sha, text)
        self._said = ""
        self._put({LINK: written(link), INTENT: None})

    # the journal and the project's own thread

    def _put(self, facts: Mapping[str, str | None]) -> None:
        self._project.journal.put_all(facts)
        self._flush()

    def _flush(self) -> None:
        if not self._project.journal.flush():
            raise LinkError("The project's own file can't be written just now.", safe=SAFE)

    def _now(self) -> Now:
        """The script as it is; while the project is being closed, as it was left."""
        try:
            return self._ask(partial(self._project.now, follow=False))
        except _Closing:
            with self._wake:
                if self._last is not None:
                    return self._last
            raise

    def _ask(self, call: Callable[[], T]) -> T:
        """Have something done on the project's own thread, unless that waits for us to end."""
        done = threading.Event()
        answers: list[T] = []

        def run() -> None:
            try:
                answers.append(call())
            finally:
                done.set()

        with self._wake:
            if not self._closing:
                self._on_ui(run)
        while not done.wait(0.02):
            with self._wake:
                if self._closing and not done.is_set():
                    raise _Closing
        if not answers:
            raise _Closing
        return answers[0]
