"""The bad files are read by tests that say why each is rejected; the plugin leaves them alone."""

collect_ignore = ["bad"]
