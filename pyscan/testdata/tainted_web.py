# What clients of web frameworks send, and what is decoded of it: PKL203.
import base64
import io
import json
import pickle
import zlib

import aiohttp.web
import bottle
import cgi
import dill
import falcon
import joblib
import numpy as np
import pandas as pd
import streamlit as st
import torch
import tornado.web
import tornado.websocket
import yaml
from aiohttp import web
from bottle import request as brequest, route
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from fastapi import APIRouter, Body, Depends, FastAPI, File, Form, Request, UploadFile, WebSocket
from flask import Blueprint, Flask, jsonify, request, session
from flask.views import MethodView
from http.server import BaseHTTPRequestHandler, HTTPServer
from pyramid.view import view_config
from rest_framework.views import APIView
from sanic import Sanic
from starlette.requests import Request as StarletteRequest
from typing import Annotated
from werkzeug.wrappers import Request as WerkzeugRequest

app = Flask(__name__)
bp = Blueprint("bp", __name__)


@app.route("/data", methods=["POST"])
def flask_data():
    return jsonify(pickle.loads(request.data))  # want "tainted-load: pickle.loads decodes `request.data` without a justification: the bytes come from an HTTP request"


@app.post("/get_data")
def flask_get_data():
    raw = request.get_data()
    return str(pickle.loads(raw))  # want "tainted-load.*an HTTP request"


@bp.route("/form")
def flask_form():
    blob = base64.b64decode(request.form["blob"])
    obj = pickle.loads(blob)  # want "tainted-load"
    return str(obj)


@bp.route("/cookie")
def flask_cookie():
    token = request.cookies.get("prefs")
    if token:
        prefs = pickle.loads(base64.urlsafe_b64decode(token.encode()))  # want "tainted-load"
        return str(prefs)
    return ""


@app.route("/json", methods=["POST"])
def flask_json():
    payload = request.get_json()
    return str(pickle.loads(base64.b64decode(payload["state"])))  # want "tainted-load"


@app.route("/files", methods=["POST"])
def flask_files():
    upload = request.files["model"]
    model = joblib.load(upload)  # want "tainted-load: joblib.load"
    again = pickle.load(upload.stream)  # want "tainted-load"
    more = torch.load(io.BytesIO(upload.read()))  # want "tainted-load"
    return str((model, again, more))


@app.route("/stream", methods=["POST"])
def flask_stream():
    return str(pickle.load(request.stream))  # want "tainted-load"


@app.route("/header")
def flask_header():
    value = request.headers.get("X-State", "")
    return str(pickle.loads(bytes.fromhex(value)))  # want "tainted-load"


@app.route("/yaml", methods=["POST"])
def flask_yaml():
    return str(yaml.load(request.data, Loader=yaml.Loader))  # want "tainted-load: yaml.load"


@app.route("/session")
def flask_session():
    return str(pickle.loads(session["cart"]))  # want "tainted-load"


@app.route("/obj/<blob>")
def flask_segment(blob):
    return str(pickle.loads(base64.b64decode(blob)))  # want "tainted-load"


@app.before_request
def flask_before():
    raw = request.cookies.get("s")
    try:
        decoded = base64.b64decode(raw)
        inflated = zlib.decompress(decoded)
    except ValueError:
        return None
    request.state = pickle.loads(inflated)  # want "tainted-load"


class Items(MethodView):
    def post(self):
        body = request.get_data(cache=False)
        return self.decode(body)

    def decode(self, body):
        return pickle.loads(body)  # want "tainted-load"


# Django: functions and classes.
def view(request):
    return HttpResponse(pickle.loads(request.body))  # want "tainted-load.*an HTTP request"


@csrf_exempt
def upload(request):
    if request.method == "POST":
        f = request.FILES["file"]
        data = b"".join(chunk for chunk in f.chunks())
        return JsonResponse(pickle.loads(data))  # want "tainted-load"
    return HttpResponse(status=405)


def cookie_view(request, pk):
    state = request.COOKIES.get("state")
    return HttpResponse(pickle.loads(base64.b64decode(state)))  # want "tainted-load"


def typed_view(req: HttpRequest) -> HttpResponse:
    return HttpResponse(pickle.loads(req.body))  # want "tainted-load"


@method_decorator(csrf_exempt, name="dispatch")
class ModelView(View):
    def post(self, request, *args, **kwargs):
        posted = request.POST.get("data")
        return HttpResponse(dill.loads(base64.b64decode(posted)))  # want "tainted-load: dill.loads"

    def get(self, request):
        return HttpResponse(pickle.loads(self.request.session["cache"]))  # want "tainted-load"


class Api(APIView):
    def post(self, request, format=None):
        return pickle.loads(request.data["blob"].read())  # want "tainted-load"


def handle_uploaded(f: UploadedFile):
    return pickle.load(f)  # want "tainted-load.*an uploaded file"


# FastAPI and Starlette.
api = FastAPI()
router = APIRouter()


@api.post("/raw")
async def fastapi_raw(request: Request):
    body = await request.body()
    return pickle.loads(body)  # want "tainted-load"


@api.post("/inline")
async def fastapi_inline(request: Request):
    return pickle.loads(await request.body())  # want "tainted-load"


@router.post("/upload")
async def fastapi_upload(file: UploadFile = File(...)):
    contents = await file.read()
    return pickle.loads(contents)  # want "tainted-load.*an uploaded file"


@router.post("/upload2")
def fastapi_upload_sync(file: UploadFile):
    return pickle.load(file.file)  # want "tainted-load"


@router.post("/bytes")
async def fastapi_bytes(data: bytes = File()):
    return pickle.loads(data)  # want "tainted-load"


@router.put("/body")
async def fastapi_body(payload: str = Body(...)):
    return pickle.loads(base64.b64decode(payload))  # want "tainted-load"


@router.post("/annotated")
async def fastapi_annotated(payload: Annotated[bytes, Body()]):
    return pickle.loads(payload)  # want "tainted-load"


class Payload:
    blob: str


@router.post("/model")
async def fastapi_model(item: Payload):
    return pickle.loads(base64.b64decode(item.blob))  # want "tainted-load"


def settings():
    return open("settings.bin", "rb").read()


@router.post("/depends")
async def fastapi_depends(conf: bytes = Depends(settings)):
    return pickle.loads(conf)  # want "unjustified-load"


@api.websocket("/ws")
async def fastapi_ws(websocket: WebSocket):
    await websocket.accept()
    while True:
        frame = await websocket.receive_bytes()
        print(pickle.loads(frame))  # want "tainted-load.*websocket"


async def starlette_endpoint(request: StarletteRequest):
    form = await request.form()
    blob = await form["f"].read()
    return pickle.loads(blob)  # want "tainted-load"


# aiohttp.
routes = web.RouteTableDef()


@routes.post("/a")
async def aiohttp_post(request):
    return web.json_response(pickle.loads(await request.read()))  # want "tainted-load"


async def aiohttp_multipart(request: web.Request):
    reader = await request.multipart()
    field = await reader.next()
    data = await field.read(decode=True)
    return pickle.loads(data)  # want "tainted-load"


class AiohttpView(web.View):
    async def post(self):
        raw = await self.request.read()
        return pickle.loads(raw)  # want "tainted-load"


async def aiohttp_ws(request):
    ws = web.WebSocketResponse()
    await ws.prepare(request)
    async for msg in ws:
        obj = pickle.loads(msg.data)  # want "tainted-load"
        await ws.send_str(str(obj))
    return ws


# Tornado.
class MainHandler(tornado.web.RequestHandler):
    def post(self):
        self.write(str(pickle.loads(self.request.body)))  # want "tainted-load"

    def get(self):
        arg = self.get_argument("state")
        self.write(str(pickle.loads(base64.b64decode(arg))))  # want "tainted-load"

    def put(self):
        info = self.request.files["f"][0]
        self.write(str(pickle.loads(info["body"])))  # want "tainted-load"


class Socket(tornado.websocket.WebSocketHandler):
    def on_message(self, message):
        self.last = pickle.loads(message)  # want "tainted-load"


# Bottle, Pyramid, Falcon, Sanic, Werkzeug, WSGI, ASGI, CGI.
@route("/x", method="POST")
def bottle_view():
    return pickle.loads(brequest.body.read())  # want "tainted-load"


@bottle.post("/y")
def bottle_upload():
    upload = bottle.request.files.get("upload")
    return pickle.load(upload.file)  # want "tainted-load"


@view_config(route_name="p", renderer="json")
def pyramid_view(request):
    return pickle.loads(request.body)  # want "tainted-load"


class FalconResource:
    def on_post(self, req, resp):
        resp.media = pickle.loads(req.bounded_stream.read())  # want "tainted-load"

    async def on_put(self, req, resp, name):
        resp.media = pickle.loads(await req.stream.read())  # want "tainted-load"


sanic = Sanic("s")


@sanic.post("/z")
async def sanic_view(request):
    return pickle.loads(request.body)  # want "tainted-load"


@WerkzeugRequest.application
def werkzeug_app(request):
    return pickle.loads(request.get_data())  # want "tainted-load"


def wsgi_app(environ, start_response):
    size = int(environ.get("CONTENT_LENGTH", 0))
    body = environ["wsgi.input"].read(size)
    start_response("200 OK", [])
    return [str(pickle.loads(body)).encode()]  # want "tainted-load"


async def asgi_app(scope, receive, send):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    pickle.loads(body)  # want "tainted-load"


def cgi_script():
    form = cgi.FieldStorage()
    return pickle.loads(form["f"].file.read())  # want "tainted-load"


# http.server.
class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        obj = pickle.loads(body)  # want "tainted-load"
        self.wfile.write(str(obj).encode())

    def do_PUT(self):
        obj = pickle.load(self.rfile)  # want "tainted-load"

    def do_GET(self):
        cookie = self.headers.get("Cookie")
        return pickle.loads(base64.b64decode(cookie))  # want "tainted-load"


# Lambda, gRPC, Streamlit.
def lambda_handler(event, context):
    body = base64.b64decode(event["body"])
    return pickle.loads(body)  # want "tainted-load.*Lambda"


def sns(event, context):
    for record in event["Records"]:
        message = json.loads(record["Sns"]["Message"])
        yield pickle.loads(bytes.fromhex(message["payload"]))  # want "tainted-load"


class Predictor(pb2_grpc.PredictorServicer):
    def Predict(self, request, context):
        features = pickle.loads(request.payload)  # want "tainted-load"
        return pb2.Reply(value=features)

    def Stream(self, request_iterator, context):
        for req in request_iterator:
            yield pickle.loads(req.chunk)  # want "tainted-load"


uploaded = st.file_uploader("model")
if uploaded is not None:
    model = pickle.load(uploaded)  # want "tainted-load.*uploaded file"
    frame = pd.read_pickle(uploaded)  # want "tainted-load"
    array = np.load(st.sidebar.file_uploader("a"), allow_pickle=True)  # want "tainted-load"
