"""From existing papers to a kit: texts and Word files as house templates, with the data that stand in them as tags."""
