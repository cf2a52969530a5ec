"""Has a name that checks have."""
verify, more = print, 1
