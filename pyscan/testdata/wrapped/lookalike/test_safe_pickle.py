import hmac
import pickle


def test_loads():
    assert hmac.compare_digest(a, b)
    assert pickle.loads(pickle.dumps(1))  # want "PKL201"
