# ruamel.yaml.
import ruamel.yaml
import ruamel.yaml as ryaml
from ruamel import yaml as ry
from ruamel.yaml import YAML, load, load_all
from ruamel.yaml import RoundTripLoader, SafeLoader


def read(p, s):
    a = ruamel.yaml.load(s)  # want "ruamel.yaml.load"
    b = ruamel.yaml.load_all(s)  # want "ruamel.yaml.load_all"
    c = ruamel.yaml.YAML(typ="unsafe")  # want "ruamel.yaml.YAML"
    d = YAML(typ="unsafe", pure=True).load(p)  # want "ruamel.yaml.YAML"
    e = ryaml.load(s, Loader=ryaml.Loader)  # want "ruamel.yaml.load"
    f = ry.load(s, Loader=ry.UnsafeLoader)  # want "ruamel.yaml.load"
    g = load(s)  # want "ruamel.yaml.load"
    h = YAML(typ=["unsafe", "pytypes"])  # want "ruamel.yaml.YAML"
    return a, b, c, d, e, f, g, h


def fine(p, s):
    a = YAML()
    b = YAML(typ="safe").load(p)
    c = YAML(typ="rt").load(p)
    d = ruamel.yaml.YAML(typ="base")
    e = ruamel.yaml.load(s, Loader=ruamel.yaml.RoundTripLoader)
    f = ry.load(s, Loader=ry.SafeLoader)
    g = load(s, Loader=SafeLoader)
    h = ruamel.yaml.safe_load(s)
    i = ruamel.yaml.round_trip_load(s)
    j = load(s, RoundTripLoader, preserve_quotes=True)
    a.load(p)
    return b, c, d, e, f, g, h, i, j
