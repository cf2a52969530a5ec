# YAML loaders for the rest of the project.
try:
    from yaml import CSafeLoader as Base
except ImportError:
    from yaml import SafeLoader as Base
try:
    from yaml import CLoader as Fast
except ImportError:
    from yaml import SafeLoader as Fast
import yaml


class Strict(Base):
    """Adds line numbers."""


class Numbered(Strict):
    pass


class Either(Fast):
    pass


class Loose(yaml.SafeLoader):
    pass


class Spoilt(yaml.SafeLoader):
    pass


class Unsafe(yaml.Loader):
    pass


class Rebound(yaml.SafeLoader):
    pass


if DEBUG:
    Rebound = yaml.UnsafeLoader

Loose.add_constructor("!new", yaml.UnsafeLoader.construct_python_object_new)
made = Strict
called = pick(Strict)
