__all__ = ["verify"]
