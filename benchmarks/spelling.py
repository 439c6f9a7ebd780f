"""How many words of real scripts are marked as misspelt: `python -m benchmarks.spelling FOLDER [--words]`.

The scripts are no part of the project. Whether a marked word is right or wrong is for people to say:
`--words` lists them, with how often each is marked.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from benchmarks.corpus import ENDINGS
from core.errors import GenkoError
from core.incoming import read_file
from core.script import Script, parse
from core.spelling import LANGUAGES, Dictionary, NameFinder, Speller
from core.spelling.words import pieces, words_in


def marked_in(script: Script, dictionary: Dictionary) -> tuple[int, Counter[str]]:
    """How many words are checked, and those that are marked."""
    finder = NameFinder(script)
    while not finder.advance(1000):
        pass
    speller = Speller(dictionary, finder.names)
    words, marked = 0, Counter[str]()
    for row, raw in enumerate(script.lines):
        line = script.line(row)
        words += sum(1 for start, end in pieces(line) for _ in words_in(raw, start, end))
        marked.update(raw[start:end] for start, end in speller.misspelt(raw, line))
    return words, marked


def report(folder: Path, *, listed: bool) -> None:
    """A line for each file in a language that has a dictionary, and one for each language."""
    dictionaries = {language: Dictionary.load(language) for language in LANGUAGES}
    words, marked = Counter[str](), {language: Counter[str]() for language in LANGUAGES}
    for file in sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS):
        try:
            incoming = read_file(file)
        except GenkoError as error:
            print(f"{file.name}: {error.what}")
            continue
        language = incoming.language
        if language in dictionaries:
            checked, found = marked_in(parse(incoming.text), dictionaries[language])
            words[language] += checked
            marked[language] += found
            print(f"{language}  {_share(found.total(), checked)}  {file.name}")
    for language in LANGUAGES:
        print(f"{language}  {_share(marked[language].total(), words[language])}  all")
        if listed:
            print("\n".join(f"{count:>6}  {word}" for word, count in marked[language].most_common()))


def _share(marked: int, words: int) -> str:
    return f"{marked:>5} of {words:>6} words, {100 * marked / max(1, words):5.2f} in a hundred"


if __name__ == "__main__":
    report(Path(sys.argv[1]), listed="--words" in sys.argv[2:])
