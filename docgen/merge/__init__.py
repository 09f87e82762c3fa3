"""Versions of a Word file brought together: what a person changed and what the data changed, both kept."""
