# YAML.
import yaml
import yaml as y
from yaml import load, load_all, Loader, SafeLoader, safe_load, FullLoader
from yaml import UnsafeLoader as UL
from yaml import unsafe_load, unsafe_load_all, full_load, full_load_all
from yaml import CSafeLoader as CSL
from yaml.loader import SafeLoader as SL2, Loader as L2
from yaml.cyaml import CSafeLoader as CSL2
import yaml.loader
import yaml.cyaml

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:
    from yaml import SafeLoader as FastLoader

try:
    from yaml import CLoader as AnyLoader
except ImportError:
    from yaml import Loader as AnyLoader

GetLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BestLoader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class IncludeLoader(yaml.SafeLoader):
    def __init__(self, stream):
        self._root = "."
        super().__init__(stream)

    def include(self, node):
        return self.construct_scalar(node)


IncludeLoader.add_constructor("!include", IncludeLoader.include)


class WildLoader(yaml.SafeLoader):
    pass


WildLoader.add_multi_constructor("tag:yaml.org,2002:python/", yaml.UnsafeLoader.construct_python_object_apply)


class OddLoader(yaml.Loader):
    pass


def bad(s, loader, path):
    a = yaml.load(s)  # want "yaml.load"
    b = yaml.load(s, Loader=yaml.Loader)  # want "yaml.load"
    c = yaml.load(s, yaml.UnsafeLoader)  # want "yaml.load"
    d = y.load(s, Loader=UL)  # want "yaml.load"
    e = load(s, Loader)  # want "yaml.load"
    f = load_all(s, Loader=Loader)  # want "yaml.load_all"
    g = yaml.load_all(s)  # want "yaml.load_all"
    h = unsafe_load(s)  # want "yaml.unsafe_load"
    i = list(unsafe_load_all(s))  # want "yaml.unsafe_load_all"
    j = yaml.unsafe_load(s)  # want "yaml.unsafe_load"
    k = yaml.unsafe_load_all(s)  # want "yaml.unsafe_load_all"
    l = yaml.load(s, Loader=loader)  # want "yaml.load"
    m = yaml.load(s, Loader=AnyLoader)  # want "yaml.load"
    p = yaml.load(s, Loader=OddLoader)  # want "yaml.load"
    q = yaml.load(s, Loader=WildLoader)  # want "yaml.load"
    r = yaml.load(s, Loader=yaml.CLoader)  # want "yaml.load"
    t = yaml.load(s, Loader=yaml.CUnsafeLoader)  # want "yaml.load"
    u = yaml.load(s, Loader=yaml.loader.UnsafeLoader)  # want "yaml.load"
    v = yaml.load(s, L2)  # want "yaml.load"
    with open(path) as fh:
        w = yaml.load(fh.read())  # want "yaml.load"
    x = yaml.full_load(s)  # want "yaml.full_load"
    z = full_load_all(s)  # want "yaml.full_load_all"
    return a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, t, u, v, w, x, z


def good(s):
    a = yaml.safe_load(s)
    b = yaml.load(s, Loader=yaml.SafeLoader)
    c = yaml.load(s, yaml.CSafeLoader)
    d = yaml.load(s, Loader=yaml.BaseLoader)
    e = yaml.load(s, Loader=yaml.CBaseLoader)
    f = load(s, Loader=SafeLoader)
    g = load_all(s, SafeLoader)
    h = yaml.load(s, Loader=FastLoader)
    i = yaml.load(s, Loader=GetLoader)
    j = yaml.load(s, Loader=IncludeLoader)
    k = yaml.load(s, Loader=yaml.loader.SafeLoader)
    l = yaml.load(s, Loader=yaml.cyaml.CSafeLoader)
    m = load(s, Loader=CSL)
    n = load(s, SL2)
    o = load(s, CSL2)
    p = yaml.SafeLoader(s).get_data()
    q = yaml.load(s, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    r = list(yaml.safe_load_all(s))
    t = yaml.dump(a)
    u = yaml.load(s, Loader=BestLoader)
    v = yaml.parse(s)
    w = safe_load(s)
    x = yaml.compose(s)
    return b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, t, u, v, w, x
