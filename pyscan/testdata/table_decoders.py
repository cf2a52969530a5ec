# Places that take a decoder.
"""Places that take a decoder."""
import asyncio
import pickle
import sqlite3

import streamlit as st
from kafka import KafkaConsumer, KafkaProducer
from sqlalchemy.types import LargeBinary, TypeDecorator

consumer = KafkaConsumer("t", value_deserializer=pickle.loads)  # want "pickle.loads"
consumer2 = KafkaConsumer("t", value_deserializer=lambda m: pickle.loads(m))  # want "pickle.loads"
producer = KafkaProducer(value_serializer=pickle.dumps)
sqlite3.register_converter("PICKLE", pickle.loads)  # want "pickle.loads"
sqlite3.register_adapter(dict, pickle.dumps)


class Blob(TypeDecorator):
    impl = LargeBinary

    def process_bind_param(self, value, dialect):
        return pickle.dumps(value)  # want "PKL210"

    def process_result_value(self, value, dialect):
        return None if value is None else pickle.loads(value)  # want "pickle.loads"


@st.cache_resource
def model():
    return pickle.load(open("m.pkl", "rb"))  # want "pickle.load"


async def serve(reader, writer):
    n = int.from_bytes(await reader.readexactly(4), "big")
    msg = pickle.loads(await reader.readexactly(n))  # want "pickle.loads"
    writer.write(pickle.dumps(msg))  # want "PKL210"
    await writer.drain()


class CloudpickleWrapper:
    def __init__(self, x):
        self.x = x

    def __getstate__(self):
        import cloudpickle
        return cloudpickle.dumps(self.x)

    def __setstate__(self, ob):
        import pickle as p2
        self.x = p2.loads(ob)  # want "pickle.loads"


def unpickle(file):
    with open(file, "rb") as fo:
        d = pickle.load(fo, encoding="bytes")  # want "pickle.load"
    return d


class Env:
    state = {}

    def reset(self):
        self.state["m"] = pickle.load(open("x", "rb"))  # want "pickle.load"
        self.cb = [pickle.load]  # want "pickle.load"
        return {"loader": pickle.load}  # want "pickle.load"
