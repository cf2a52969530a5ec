from .base import Locked as PublicLocked
