# Settings that are protocols.
import os
import pickle

import diskcache
import dill

CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",  # want "PKL202"
        "OPTIONS": {"PICKLE_VERSION": 0},  # want "PKL211 obsolete-protocol: django_redis.PICKLE_VERSION writes protocol 0"
    },
    "new": {"OPTIONS": {"PICKLE_VERSION": 4}},
    "highest": {"OPTIONS": {"PICKLE_VERSION": -1}},  # want "PKL212 unpinned-protocol: django_redis.PICKLE_VERSION"
    "memcached": {"OPTIONS": {"pickle_protocol": 1}},  # want "PKL211"
}
DJANGO_REDIS_PICKLE_VERSION = 1  # want "PKL211"
PICKLE_VERSION = 5
PICKLE_PROTOCOL = 1

os.environ["PICKLE_PROTOCOL"] = "0"  # want "PKL211 obsolete-protocol: kombu.PICKLE_PROTOCOL"
os.environ.setdefault("PICKLE_PROTOCOL", "1")  # want "PKL211"
os.environ["PICKLE_PROTOCOL"] = "4"
os.environ["PICKLE_PROTOCOL"] = os.environ.get("OTHER")

dill.settings["protocol"] = 0  # want "PKL211 obsolete-protocol: dill.protocol"
dill.settings["recurse"] = True


def caches(path, level):
    diskcache.Cache(path, disk_pickle_protocol=0)  # want "PKL202" "PKL211"
    diskcache.Cache(path, disk_pickle_protocol=pickle.HIGHEST_PROTOCOL)  # want "PKL202" "PKL212"
    diskcache.Cache(path, disk_pickle_protocol=4)  # want "PKL202"
    diskcache.Cache(path, disk_pickle_protocol=level)  # want "PKL202"
    memcache.Client([], pickleProtocol=0)  # want "PKL211"
    memcache.Client([], pickleProtocol=7)  # want "PKL213"
    if path == "PICKLE_VERSION":
        return {"PICKLE_VERSION": level}
