import pickle


def test_refuses():
    assert refuses(pickle.dumps(object()))
    assert pickle.loads(written)  # want "PKL206"
