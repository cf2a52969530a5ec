"""What does no harm to a check."""
import pickle

from app.core.checks import verify
from app.core.tricks import named, passed, signed_later


@named
def guarded(data, sig):
    return pickle.loads(data)


async def awaited(data, sig):
    if not await signed_later(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)


def exception_passes(data, sig):
    with passed():
        verify(data, sig)
    return pickle.loads(data)
