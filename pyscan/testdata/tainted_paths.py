# Who chooses the file that is loaded: PKL204, and what chooses nothing.
import argparse
import glob
import hashlib
import os
import os.path
import pickle
import sys
import uuid
from pathlib import Path

import click
import joblib
import numpy as np
import pandas as pd
import shelve
import torch
import typer
from docopt import docopt
from flask import Flask, abort, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
MODELS = {"a": "a.pkl", "b": "b.pkl"}
ALLOWED = ["a", "b"]


def argv():
    return pickle.load(open(sys.argv[1], "rb"))  # want "PKL204 user-controlled-path: pickle.load decodes .*the path of what is loaded comes from the command line"


def argv_with():
    path = sys.argv[1] if len(sys.argv) > 1 else "x.pkl"
    with open(path, "rb") as fh:
        return pickle.load(fh)  # want "user-controlled-path"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model")
    args = parser.parse_args()
    a = joblib.load(args.model)  # want "user-controlled-path"
    b = torch.load(os.path.join(args.dir, "last.pt"))  # want "user-controlled-path"
    c = np.load(args.array, allow_pickle=True)  # want "user-controlled-path"
    d = pd.read_pickle(f"{args.frame}.pkl")  # want "user-controlled-path"
    e = load(args.other)
    run(args)
    return a, b, c, d, e


def load(path):
    with open(path, "rb") as fh:
        return pickle.load(fh)  # want "user-controlled-path"


def run(args):
    return pickle.loads(Path(args.input).read_bytes())  # want "user-controlled-path"


class Tool:
    def __init__(self, options):
        self.options = options
        self.path = os.environ["MODEL_PATH"]

    def load(self):
        return joblib.load(self.path)  # want "user-controlled-path.*the environment"


def environment():
    return shelve.open(os.environ.get("DB", "db"))  # want "user-controlled-path"


@click.command()
@click.argument("model", type=click.Path())
@click.option("--other")
def cli(model, other):
    with open(model, "rb") as fh:
        return pickle.load(fh), joblib.load(other)  # want "user-controlled-path" "user-controlled-path"


tool = typer.Typer()


@tool.command()
def predict(model: Path):
    return joblib.load(model)  # want "user-controlled-path"


def documented():
    options = docopt(__doc__)
    return pickle.load(open(options["<file>"], "rb"))  # want "user-controlled-path"


@app.route("/m")
def by_query():
    return joblib.load(request.args["model"])  # want "user-controlled-path.*an HTTP request"


@app.route("/m/<name>")
def by_segment(name):
    path = os.path.join("models", name + ".pkl")
    with open(path, "rb") as fh:
        return pickle.load(fh)  # want "user-controlled-path"


@app.route("/j", methods=["POST"])
def by_json():
    body = request.get_json()
    return pickle.load(Path("models").joinpath(body["name"]).open("rb"))  # want "user-controlled-path"


def by_format():
    return joblib.load("models/{}.joblib".format(request.form["m"]))  # want "user-controlled-path"


def by_percent():
    return joblib.load("models/%s.joblib" % request.values.get("m"))  # want "user-controlled-path"


def by_secure():
    name = secure_filename(request.args["m"])
    return joblib.load(os.path.join("models", name))  # want "user-controlled-path.*secure_filename leaves open which file"


def by_glob():
    for name in glob.glob(os.path.join(sys.argv[1], "*.pkl")):
        joblib.load(name)  # want "user-controlled-path"


def typed_in():
    return joblib.load(input("file: "))  # want "user-controlled-path"


# Nobody chooses.
def listed():
    name = request.args["m"]
    if name not in ALLOWED:
        abort(404)
    return joblib.load(os.path.join("models", name))  # want "PKL201"


def listed_inside():
    name = request.args["m"]
    if name in MODELS:
        return joblib.load(os.path.join("models", name))  # want "PKL201"
    raise ValueError(name)


def listed_late():
    name = request.args["m"]
    model = joblib.load(os.path.join("models", name))  # want "user-controlled-path"
    if name not in ALLOWED:
        abort(404)
    return model


def listed_and_goes_on():
    name = request.args["m"]
    if name not in ALLOWED:
        print("hm")
    return joblib.load(os.path.join("models", name))  # want "user-controlled-path"


def looked_up():
    a = joblib.load(MODELS[request.args["m"]])  # want "PKL201"
    b = joblib.load(MODELS.get(request.args["m"], "a.pkl"))  # want "PKL201"
    return a, b


def numbered():
    a = joblib.load("models/%d.pkl" % int(request.args["n"]))  # want "PKL201"
    b = joblib.load(f"models/{int(sys.argv[1])}.pkl")  # want "PKL201"
    return a, b


def digested(url):
    key = hashlib.sha256(request.args["url"].encode()).hexdigest()
    a = joblib.load(os.path.join("cache", key))  # want "PKL201"
    b = joblib.load("cache/%s" % uuid.UUID(request.args["id"]))  # want "PKL201"
    return a, b


def constant():
    with open("model.pkl", "rb") as fh:
        return pickle.load(fh)  # want "PKL201"


def beside():
    return joblib.load(Path(__file__).parent / "model.joblib")  # want "PKL201"


def parameter(path):
    return joblib.load(path)  # want "PKL201"


def dumped(path):
    args = argparse.ArgumentParser().parse_args()
    model = train(args)
    joblib.dump(model, "trained.joblib")
    torch.save(model, "trained.pt")
    return joblib.load("trained.joblib"), torch.load("trained.pt")  # want "PKL201" "PKL201"


@click.command()
@click.argument("model", type=click.File("rb"))
def opened_by_click(model):
    return pickle.load(model)  # want "user-controlled-path"


def opened_by_argparse():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=argparse.FileType("rb"))
    return pickle.load(parser.parse_args().model)  # want "user-controlled-path"


def home():
    a = joblib.load(os.path.join(os.environ["HOME"], "m.joblib"))  # want "PKL201"
    b = joblib.load(Path(os.getenv("XDG_CACHE_HOME", "~/.cache")) / "m.joblib")  # want "PKL201"
    return a, b


def args_of_all(*args):
    return joblib.load(args[0])  # want "PKL201"
