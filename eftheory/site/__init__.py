"""The site: one folder of static pages that teach what is proved, and need no network."""
