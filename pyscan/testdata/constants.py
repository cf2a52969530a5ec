# What an argument may be, as far as the file says it.
import kombu.serialization
import numpy as np
import ruamel.yaml
import skops.io
import torch
from skops.io import get_untrusted_types

SAFE = True
LOOSE = False
EITHER = True
EITHER = False
TYPES = ["pkg.Model"]
KWARGS = {"allow_pickle": False}
ALLOWING = dict(allow_pickle=True)
CHANGED = {"weights_only": True}
CHANGED["weights_only"] = False
WEIGHTS = dict(weights_only=True, map_location="cpu")


class Config:
    safe = True
    loose = False
    set_later = True

    def __init__(self, given):
        self.given = given
        self.own = True

    def load(self, path):
        torch.load(path, weights_only=self.safe)
        torch.load(path, weights_only=Config.safe)
        torch.load(path, weights_only=self.own)
        torch.load(path, weights_only=self.loose)  # want "torch.load decodes `path`"
        torch.load(path, weights_only=self.given)  # want "torch.load decodes `path`"
        torch.load(path, weights_only=Config.set_later)  # want "torch.load decodes `path`"


Config.set_later = False


class Base:
    safe_here = True
    safe_below = True

    def load(self, path):
        torch.load(path, weights_only=self.safe_here)
        torch.load(path, weights_only=self.safe_below)  # want "torch.load decodes `path`"
        torch.load(path, weights_only=self.nowhere)  # want "torch.load decodes `path`"


class Below(Base):
    safe_below = False


@dataclass
class Fields:
    weights_only: bool = True
    other_only: bool = True

    def load(self, path):
        torch.load(path, weights_only=self.weights_only)  # want "torch.load decodes `path`"


def change(config):
    config.from_outside = False


class FromOutside:
    from_outside = True

    def load(self, path):
        torch.load(path, weights_only=self.from_outside)  # want "torch.load decodes `path`"


def setter():
    global SET_IN_FUNCTION
    SET_IN_FUNCTION = False


SET_IN_FUNCTION = True
torch.load(path, weights_only=SET_IN_FUNCTION)  # want "torch.load decodes `path`"

torch.load(path, weights_only=SAFE)
torch.load(path, weights_only=LOOSE)  # want "torch.load decodes `path`"
torch.load(path, weights_only=EITHER)  # want "torch.load decodes `path`"
torch.load(path, weights_only=not True)  # want "torch.load decodes `path`"
torch.load(path, weights_only=not False)
torch.load(path, weights_only=True and True)
torch.load(path, weights_only=True and unknown)  # want "torch.load decodes `path`"
torch.load(path, weights_only=False or True)
torch.load(path, weights_only=True if fast else True)
torch.load(path, weights_only=True if fast else False)  # want "torch.load decodes `path`"
torch.load(path, weights_only=(only := True))
torch.load(path, weights_only=1)  # want "torch.load decodes `path`"
torch.load(path, **{"weights_only": True})
torch.load(path, **{"weights_only": False})  # want "torch.load decodes `path`"
torch.load(path, **{key: True})  # want "torch.load decodes `path`"
torch.load(path, **dict(weights_only=True))
torch.load(path, **WEIGHTS)
torch.load(path, **CHANGED)  # want "torch.load decodes `path`"
torch.load(path, **given)  # want "torch.load decodes `path`"


def parameter(path, weights_only=True, allow=False):
    torch.load(path, weights_only=weights_only)  # want "torch.load decodes `path`"
    np.load(path, allow_pickle=allow)  # want "numpy.load decodes `path` .*\\(allow_pickle may be True\\)"


def local(path):
    only = True
    return torch.load(path, weights_only=only)


np.load(path)
np.load(path, None, False)
np.load(path, None, True)  # want "numpy.load decodes `path`"
np.load(path, None, LOOSE)
np.load(path, allow_pickle=LOOSE)
np.load(path, allow_pickle=SAFE)  # want "numpy.load decodes `path`"
np.load(path, allow_pickle=flag)  # want "numpy.load decodes `path` .*\\(allow_pickle may be True\\)"
np.load(path, allow_pickle=not SAFE)
np.load(path, allow_pickle=not LOOSE)  # want "numpy.load decodes `path`"
np.load(path, allow_pickle=bool(flag))  # want "numpy.load decodes `path`"
np.load(path, **KWARGS)
np.load(path, **ALLOWING)  # want "numpy.load decodes `path`"
np.load(path, **{"mmap_mode": "r"})
np.load(path, **options)  # want "numpy.load decodes `path`"

skops.io.load(path)
skops.io.load(path, trusted=["pkg.Model"])
skops.io.load(path, trusted=("pkg.Model",))
skops.io.load(path, trusted=[Model, "pkg.Model"])
skops.io.load(path, trusted=TYPES)
skops.io.load(path, trusted=list(TYPES))
skops.io.load(path, trusted=[])
skops.io.load(path, trusted=None)
skops.io.load(path, ["pkg.Model"])
skops.io.load(path, trusted=True)  # want "skops.io.load decodes `path`"
skops.io.load(path, trusted=get_untrusted_types(file=path))  # want "skops.io.load decodes `path`"
skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path))  # want "skops.io.load decodes `path`"
unknown_types = get_untrusted_types(file=path)
skops.io.load(path, trusted=unknown_types)  # want "skops.io.load decodes `path`"
skops.io.load(path, trusted=sorted(unknown_types))  # want "skops.io.load decodes `path`"
skops.io.load(path, trusted=given)  # want "skops.io.load decodes `path` .*\\(trusted may be True\\)"

kombu.serialization.loads(b, kind, encoding)
kombu.serialization.loads(b, kind, encoding, accept)
kombu.serialization.loads(b, kind, encoding, ["json"])
kombu.serialization.loads(b, kind, encoding, accept={"json", "pickle"})  # want "PKL202 .*kombu.accept"
kombu.serialization.loads(b, kind, encoding, force=True)  # want "kombu.serialization.loads decodes `b`"

KIND = "unsafe"
ruamel.yaml.YAML(typ=KIND)  # want "ruamel.yaml.YAML"
ruamel.yaml.YAML(typ=["safe", "pytypes"])
ruamel.yaml.YAML(typ=["unsafe"])  # want "ruamel.yaml.YAML"
y = ruamel.yaml.YAML(typ="unsafe")  # want "ruamel.yaml.YAML"
y.load(stream)
ruamel.yaml.YAML().load(stream)
