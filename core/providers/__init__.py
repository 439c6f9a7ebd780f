"""Makers of pictures and words behind one small interface: built in, over the network, on one's own machine."""

from __future__ import annotations
