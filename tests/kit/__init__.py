"""What many tests use: instances, strategies, slow and evident versions of what is tested."""
