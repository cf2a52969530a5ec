import numpy
import yaml


def read(path, settings):
    return numpy.load(path), yaml.load(settings)
