"""Writes backups in a process of its own, to be killed or starved by tests: `python -m … MODE TARGET`."""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
from io import BytesIO
from pathlib import Path

from core.backup.archive import ArchiveError, open_archive
from core.backup.work import Work
from tests.backup.archive.samples import write_sample

BEGIN, END = "/genko-test-begins", "/genko-test-ends"
NOISE = random.Random(5).randbytes(700_000)


def naive(target: Path) -> None:
    """What not to do: straight to the name that counts."""
    data = BytesIO()
    write_sample(data, noise=NOISE)
    os.access(BEGIN, os.F_OK)
    with target.open("wb", buffering=0) as stream:
        for start in range(0, len(data.getvalue()), 1 << 18):
            stream.write(data.getvalue()[start : start + (1 << 18)])
    os.access(END, os.F_OK)


def good(target: Path) -> None:
    """The real thing."""
    write_sample(BytesIO())  # so that all modules are loaded
    write_sample(target.with_name("first"), noise=b"x")
    target.with_name("first").unlink()
    os.access(BEGIN, os.F_OK)
    write_sample(target, noise=NOISE)
    os.access(END, os.F_OK)


def limited(target: Path) -> None:
    """The real thing, with files of at most 300,000 bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    good_or_told(target)


def good_or_told(target: Path) -> None:
    """The real thing; what went wrong goes to standard output."""
    try:
        write_sample(target, noise=NOISE, work=Work())
    except ArchiveError as error:
        print(type(error).__name__, error)  # noqa: T201
        sys.exit(1)


def opened(target: Path) -> None:
    """Read an encrypted one with the key in the environment."""
    with open_archive(target, work=Work(), passphrase=os.environ["GENKO_TEST_KEY"]) as archive:
        archive.verify()
    os.access(BEGIN, os.F_OK)
    with open_archive(target, work=Work(), passphrase=os.environ["GENKO_TEST_KEY"]) as archive:
        archive.verify()
    os.access(END, os.F_OK)


def main() -> None:
    """See the module."""
    modes = {"opened": opened, "naive": naive, "good": good, "limited": limited, "told": good_or_told}
    modes[sys.argv[1]](Path(sys.argv[2]))


if __name__ == "__main__":
    main()
