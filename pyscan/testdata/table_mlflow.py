# MLflow and skops.
import mlflow
import mlflow.pyfunc
import mlflow.sklearn as mls
from mlflow.pyfunc import load_model
from mlflow import pyfunc
import skops.io
import skops.io as sio
from skops.io import load as skload, get_untrusted_types


def serve(uri):
    a = mlflow.pyfunc.load_model(uri)  # want "mlflow.pyfunc.load_model"
    b = mls.load_model(uri)  # want "mlflow.sklearn.load_model"
    c = load_model(uri)  # want "mlflow.pyfunc.load_model"
    d = pyfunc.load_model(uri)  # want "mlflow.pyfunc.load_model"
    e = mlflow.sklearn.load_model(uri)  # want "mlflow.sklearn.load_model"
    mlflow.log_metric("x", 1)
    mlflow.sklearn.log_model(a, "m")
    return a, b, c, d, e


def sk(path, names):
    a = skops.io.load(path, trusted=True)  # want "skops.io.load"
    b = sio.load(path, trusted=get_untrusted_types(file=path))  # want "skops.io.load"
    c = skload(path, trusted=sio.get_untrusted_types(file=path))  # want "skops.io.load"
    d = sio.load(path)
    g = sio.get_untrusted_types(file=path)
    unknown = sio.get_untrusted_types(file=path)
    h = sio.load(path, trusted=unknown)  # want "skops.io.load"
    sio.dump(a, path)
    return a, b, c, d, e, f, g, h
