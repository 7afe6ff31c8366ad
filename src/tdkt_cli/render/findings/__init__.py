"""Findings as text and in the formats that CI services read; `formats` lists them all."""
