"""Several Word files as one, each section, list, note and style of them as it was: knows nothing of contracts."""
