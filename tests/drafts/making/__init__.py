"""Attacks on making: what is asked for is made once, comes home, and nothing is lost or stays open."""
