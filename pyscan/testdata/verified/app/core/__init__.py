"""Passes on what its modules define."""
from .signing import Box, Signer, opened, verify
