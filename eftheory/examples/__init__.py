"""Methods of one's own, a file each: ``eftheory certify eftheory.examples.econtrol:EControl --step-size 1/4 ...``."""
