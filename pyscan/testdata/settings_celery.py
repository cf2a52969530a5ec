# Celery and Kombu, in every form in which their serializers are set.
import os
from celery import Celery, Task, shared_task
from kombu import Consumer, Producer
import kombu.serialization
from kombu.serialization import registry

app = Celery("jobs")

app.conf.task_serializer = "pickle"  # want "PKL202 unsafe-config: celery.task_serializer is set to `\"pickle\"` without a justification: messages are pickles"
app.conf.result_serializer = 'pickle'  # want "celery.result_serializer"
app.conf.event_serializer = "application/x-python-serialize"  # want "celery.event_serializer"
app.conf.accept_content = ["json", "pickle"]  # want "celery.accept_content"
app.conf.result_accept_content = {"pickle"}  # want "celery.result_accept_content"
app.conf["task_serializer"] = "pickle"  # want "celery.task_serializer"
app.conf.CELERY_TASK_SERIALIZER = "pickle"  # want "celery.task_serializer"
app.conf.update(task_serializer="pickle")  # want "celery.task_serializer"
app.conf.update({"result_serializer": "pickle"})  # want "celery.result_serializer"
app.conf.update(**{"CELERY_RESULT_SERIALIZER": "pickle"})  # want "celery.result_serializer"
app.conf.update(
    task_serializer="json",
    accept_content=[  # want "celery.accept_content"
        "json",
        "application/x-python-serialize",
    ],
)
app.conf.accept_content.append("pickle")  # want "celery.accept_content"
app.conf.accept_content += ["pickle"]  # want "celery.accept_content"
app.conf.accept_content = app.conf.accept_content + ["pickle"]  # want "celery.accept_content"
app.conf.setdefault("accept_content", ["pickle"])  # want "celery.accept_content"
setattr(app.conf, "task_serializer", "pickle")  # want "celery.task_serializer"
app.config_from_object({"CELERY_ACCEPT_CONTENT": ("pickle", "json")})  # want "celery.accept_content"
Celery("other", task_serializer="pickle")  # want "celery.task_serializer"

FORMAT = "pick" + "le"
app.conf.task_serializer = FORMAT  # want "celery.task_serializer"
app.conf.task_serializer = os.environ.get("SERIALIZER", "pickle")  # want "celery.task_serializer"
app.conf.task_serializer = "pickle" if os.name == "nt" else "json"  # want "celery.task_serializer"
app.conf.accept_content = "json,pickle".split(",")  # want "celery.accept_content"
os.environ["CELERY_ACCEPT_CONTENT"] = "json,pickle"  # want "celery.accept_content"


class Config:
    broker_url = "redis://"
    task_serializer = "pickle"  # want "celery.task_serializer"
    accept_content: list = ["pickle"]  # want "celery.accept_content"
    CELERY_ACCEPT_CONTENT = ["pickle", "json"]  # want "celery.accept_content"


@app.task(serializer="pickle")  # want "celery.serializer"
def add(x, y):
    return x + y


@shared_task(bind=True, serializer="pickle")  # want "celery.serializer"
def other(self):
    pass


class Base(Task):
    serializer = "pickle"  # want "celery.serializer"


add.apply_async((1, 2), serializer="pickle")  # want "celery.serializer"
app.send_task("add", args=(1, 2), serializer="pickle")  # want "celery.serializer"
add.signature((1, 2), options=dict(serializer="pickle"))  # want "celery.serializer"

producer = Producer(channel, serializer="pickle")  # want "celery.serializer"
producer.publish({}, serializer="pickle")  # want "celery.serializer"
consumer = Consumer(channel, queues, accept=["json", "pickle"])  # want "kombu.accept"
kombu.disable_insecure_serializers(allowed=["json", "pickle"])  # want "kombu.disable_insecure_serializers"
kombu.disable_insecure_serializers(["json"])
options = {"serializer": "pickle"}  # want "celery.serializer"
registry.enable("pickle")  # want "kombu.enable"
kombu.serialization.enable_insecure_serializers(["pickle"])  # want "kombu.serialization.enable_insecure_serializers is used"
kombu.serialization.loads(data, content_type="application/x-python-serialize", content_encoding="binary")  # want "kombu.serialization.loads"
kombu.serialization.loads(data, "application/x-python-serialize", "binary")  # want "kombu.serialization.loads"
kombu.serialization.loads(data, "application/json", "utf-8")
kombu.serialization.loads(data, message.content_type, message.content_encoding)


# Look-alikes.
app.conf.task_serializer = "json"
app.conf.accept_content = ["json", "yaml", "msgpack"]
app.conf.task_serializer = chosen
app.conf.update(task_serializer="yaml", accept_content=["application/json"])
if app.conf.task_serializer == "pickle":
    raise RuntimeError("no pickles")
assert app.conf.accept_content != ["pickle"]
assert app.conf == {"task_serializer": "pickle"}
if "pickle" in app.conf.accept_content:
    app.conf.accept_content.remove("pickle")
value = app.conf.get("task_serializer", "pickle")
self.assertEqual(add.options, {"serializer": "pickle"})
mock.assert_called_with(serializer="pickle")
print("accept_content", ["pickle"])
parser.add_argument("--task-serializer", choices=["json", "pickle"], help="task_serializer")
Consumer(channel, queues, accept=["json"])
add.apply_async((1, 2), serializer="json")


def local():
    """accept_content = ["pickle"]"""
    accept_content = ["pickle"]
    return len(accept_content)


def parameter(task_serializer: str = "json"):
    del app.conf["task_serializer"]


# picklelint:trust boundary=host reason="the broker is a socket of mode 0600, written by this program only"
app.conf.task_serializer = "pickle"
