# Loaders that another module of the project defines.
import yaml
from . import loaders
from .loaders import Either, Fast, Loose, Numbered, Rebound, Spoilt, Strict, Unsafe, called, made
from .starred import Hidden
from .nowhere import Unknown
from .loaders import Base as Renamed

yaml.load(s, Loader=Strict)
yaml.load(s, Loader=Numbered)
yaml.load(s, Loader=loaders.Strict)
yaml.load(s, Loader=made)
yaml.load(s, Renamed)
yaml.load(s, Loader=Fast)  # want "yaml.load"
yaml.load(s, Loader=Either)  # want "yaml.load"
yaml.load(s, Loader=Loose)  # want "yaml.load"
yaml.load(s, Loader=Unsafe)  # want "yaml.load"
yaml.load(s, Loader=Rebound)  # want "yaml.load"
yaml.load(s, Loader=called)  # want "yaml.load"
yaml.load(s, Loader=Hidden)  # want "yaml.load"
yaml.load(s, Loader=Unknown)  # want "yaml.load"
yaml.load(s, Loader=Strict(s))  # want "yaml.load"


class Local(Strict):
    pass


class Below(Strict):
    pass


Below.add_multi_constructor("!apply:", yaml.UnsafeLoader.construct_python_object_apply)
Spoilt.add_constructor("!new", yaml.UnsafeLoader.construct_python_object_new)
yaml.load(s, Loader=Local)
yaml.load(s, Loader=Below)  # want "yaml.load"
yaml.load(s, Loader=Spoilt)  # want "yaml.load"


def within():
    from .loaders import Strict as Inner

    class Nested(Inner):
        pass

    return yaml.load(s, Loader=Nested)


def given(Loader):
    return yaml.load(s, Loader=Loader)  # want "yaml.load"
