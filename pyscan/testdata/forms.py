import numpy as np
import torch
import yaml
from ruamel.yaml import YAML

torch.load(f)  # want "torch.load"
torch.load(f, weights_only=True)
torch.load(f, weights_only=(True))
torch.load(f, weights_only=False)  # want "torch.load"
torch.load(f, weights_only=1)  # want "torch.load"
torch.load(f, weights_only=safe)  # want "torch.load"
torch.load(f, weights_only=not unsafe)  # want "torch.load"
torch.load(f, "cpu", True)  # want "torch.load"
torch.load(f, **options)  # want "torch.load"
torch.load(f, weights_only=True, **options)
torch.load(*args)  # want "torch.load is called"

np.load(f)
np.load(f, "r")
np.load(f, allow_pickle=False)
np.load(f, None, False)
np.load(f, allow_pickle=True)  # want "numpy.load decodes `f`"
np.load(f, allow_pickle=1)  # want "numpy.load"
np.load(f, allow_pickle=0)
np.load(f, allow_pickle=None)
np.load(f, allow_pickle=flag)  # want "numpy.load"
np.load(f, None, True)  # want "numpy.load"
np.load(f, **options)  # want "numpy.load"
np.load(f, *rest)  # want "numpy.load"
np.load(f, *rest, allow_pickle=False)
np.load(f, allow_pickle=False, **options)
arrays = list(map(np.load, files))

yaml.load(s)  # want "yaml.load"
yaml.load(s, yaml.SafeLoader)
yaml.load(s, Loader=yaml.SafeLoader)
yaml.load(s, Loader=yaml.loader.SafeLoader)
yaml.load(s, Loader=yaml.cyaml.CSafeLoader)
yaml.load(s, Loader=yaml.Loader)  # want "yaml.load"
yaml.load(s, Loader=yaml.FullLoader)  # want "yaml.load"
yaml.load(s, Loader=Whatever)  # want "yaml.load"
yaml.load(s, Loader="yaml.SafeLoader")  # want "yaml.load"
yaml.safe_load(s)
yaml.unsafe_load(s)  # want "yaml.unsafe_load"

try:
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader

yaml.load(s, Loader=Loader)
yaml.load(s, Loader)

try:
    from yaml import CLoader as Fast
except ImportError:
    from yaml import SafeLoader as Fast

yaml.load(s, Loader=Fast)  # want "yaml.load"


class Custom(yaml.SafeLoader):
    pass


class Loose(yaml.UnsafeLoader):
    pass


yaml.load(s, Custom)
yaml.load(s, Loose)  # want "yaml.load"

YAML()
YAML(typ="safe")
YAML(typ='unsafe')  # want "ruamel.yaml.YAML is called"
YAML(typ="""unsafe""")  # want "ruamel.yaml.YAML"
YAML(typ="un" "safe")  # want "ruamel.yaml.YAML"
YAML(typ="\x75nsafe")  # want "ruamel.yaml.YAML"
YAML(typ=kind)  # want "ruamel.yaml.YAML"
