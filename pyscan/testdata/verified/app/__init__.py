from .core import Signer, verify as verify_blob
