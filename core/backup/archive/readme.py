"""What an archive says about itself, to people who have no Genko."""

from __future__ import annotations

README_TEXT = """\
This is a backup made by Genko, the manga and comic writer's studio for the terminal.
It is an ordinary ZIP file: rename it to end in .zip if your system asks for that.

manuscript/   each project's script as plain text (UTF-8), and the names and
              prompts of each draft. Read these.
data/         everything in lines of JSON (UTF-8), one file a section:
              projects, pages of the scripts, characters, backgrounds, scenes,
              assembly, saved versions, pictures; drafts, and of these pack,
              assets, prompts, attempts and what was published. The "text" of a project's pages,
              joined in their order, is its script, exactly.
documents/    each project's whole history, for Genko; drafts/ that of drafts.
media/        pictures, clips and music, each under the SHA-256 of its bytes;
              data/pictures.jsonl and data/draft_media.jsonl have their names.
settings/     your own settings, words and themes. Passwords and keys are not in it.
kept/         other programs' data that Genko keeps until it has a place for it;
              each kept.json says what the files beside it were called.
MANIFEST.json what is in this file, with sizes and SHA-256 sums. It comes last: a
              file without it was not written to its end.

To bring it back: open Genko, press F9, then i. Or: genko backup import FILE
The sums find damage. They can't tell whether somebody changed the file on purpose;
only an encrypted backup can.
"""
