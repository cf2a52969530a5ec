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


# Constructors that are functions and methods of the file.
class Named(yaml.SafeLoader):
    pass


class Importing(yaml.SafeLoader):
    pass


class Method(yaml.SafeLoader):
    def construct_eval(self, node):
        return eval(self.construct_scalar(node))


class Plain(yaml.SafeLoader):
    def construct_env(self, node):
        return os.environ.get(self.construct_scalar(node))


class Old(object):
    pass


class OldMixed(Old, yaml.SafeLoader):
    pass


def run_it(loader, node):
    return subprocess.check_output(loader.construct_scalar(node), shell=True)


def import_it(loader, suffix, node):
    return getattr(importlib.import_module(suffix), "main")()


Named.add_constructor("!run", run_it)
yaml.add_multi_constructor("!import:", import_it, Loader=Importing)
Method.add_constructor("!eval", Method.construct_eval)
Plain.add_constructor("!env", Plain.construct_env)
yaml.load(s, Loader=Named)  # want "yaml.load"
yaml.load(s, Loader=Importing)  # want "yaml.load"
yaml.load(s, Loader=Method)  # want "yaml.load"
yaml.load(s, Loader=Plain)
yaml.load(s, Loader=OldMixed)
