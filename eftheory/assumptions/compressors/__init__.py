"""Classes of compressors, one file each."""
