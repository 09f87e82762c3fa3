"""Edits of generated files read back into the data they were made from."""
