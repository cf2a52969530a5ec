# Loaders that were safe until they were given something that is not.
import yaml
from yaml import SafeLoader


class Mixin:
    pass


class Mixed(Mixin, SafeLoader):
    pass


class Tuples(yaml.SafeLoader):
    pass


class Loose(yaml.SafeLoader):
    pass


class LooseToo(yaml.SafeLoader):
    pass


class Below(Loose):
    pass


class Both(yaml.SafeLoader, yaml.UnsafeLoader):
    pass


class Evaluating(yaml.CSafeLoader):
    pass


Tuples.add_constructor("tag:yaml.org,2002:python/tuple", yaml.FullLoader.construct_python_tuple)
Tuples.add_constructor("!point", lambda loader, node: Point(loader.construct_scalar(node)))
Loose.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", yaml.UnsafeLoader.construct_python_object_apply)
yaml.add_constructor("!new", yaml.constructor.UnsafeConstructor.construct_python_object_new, Loader=LooseToo)
Evaluating.add_constructor("!eval", lambda loader, node: eval(node.value))

yaml.load(s, Mixed)
yaml.load(s, Loader=Tuples)
yaml.load(s, Loader=SafeLoader)
yaml.load(s, Loader=Loose)  # want "yaml.load decodes `s`"
yaml.load(s, LooseToo)  # want "yaml.load decodes `s`"
yaml.load(s, Below)  # want "yaml.load decodes `s`"
yaml.load(s, Both)  # want "yaml.load decodes `s`"
yaml.load(s, Evaluating)  # want "yaml.load decodes `s`"
yaml.load(s, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
yaml.load(s, Loader=getattr(yaml, "CLoader", yaml.SafeLoader))  # want "yaml.load decodes `s`"
yaml.load(s, Loader=yaml.CSafeLoader if fast else yaml.SafeLoader)
yaml.load(s, Loader=yaml.CLoader if fast else yaml.SafeLoader)  # want "yaml.load decodes `s`"
