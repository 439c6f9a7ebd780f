"""The beginnings of clips and music, as encoders write them; what follows is nothing that could be played."""

from __future__ import annotations

MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0\0\0\x08free" + bytes(range(256)) * 4
WEBM = (
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
    + bytes(900)
)
MP3 = b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + b"\xff\xfb\x90\x64" + bytes(900)
BARE_MP3 = b"\xff\xfb\x90\x64" + bytes(413)
OGG = b"OggS\0\2" + bytes(20) + b"\x01\x1e\x01vorbis" + bytes(400)
M4A = b"\0\0\0\x20ftypM4A \0\0\2\0M4A mp42isom\0\0\0\0" + bytes(400)

CARRIED = {
    "clip.mp4": ("video/mp4", MP4),
    "clip.webm": ("video/webm", WEBM),
    "song.mp3": ("audio/mpeg", MP3),
    "bare.mp3": ("audio/mpeg", BARE_MP3),
    "song.ogg": ("audio/ogg", OGG),
    "song.m4a": ("audio/mp4", M4A),
}
