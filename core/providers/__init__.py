"""Makers of pictures and words behind one small interface: built in, or over the network."""

from __future__ import annotations
