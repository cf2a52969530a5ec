"""Keys of other modules."""
import os

LITERAL = b"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
DEFAULT = os.environ.get("DEFAULT_KEY", "development")
SECRET = os.environ["SECRET_KEY"].encode()
