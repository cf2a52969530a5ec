import pickle

pickle.loads(x); pickle.loads(y)  # picklelint:trust boundary=host reason="written by this program only"  # want "PKL201"

# picklelint:trust boundary=host reason="written by this program only"
pickle.loads(x); pickle.loads(y)  # want "PKL201"

# picklelint:trust boundary=host reason="written by this program only"
while pickle.loads(x): pickle.loads(y)  # want "PKL201"

if pickle.loads(x): pickle.loads(y)  # picklelint:trust boundary=host reason="written by this program only"  # want "PKL201"

class A: a = pickle.loads(x); b = pickle.loads(y)  # picklelint:trust boundary=host reason="written by this program only"  # want "PKL201"

@d
def f(a=pickle.loads(x)): pickle.loads(y)  # picklelint:trust boundary=host reason="written by this program only"  # want "PKL201"

# picklelint:trust boundary=host reason="written by this program only"
def f(): pickle.loads(x); pickle.loads(y)  # want "PKL201"

# picklelint:trust boundary=host reason="written by this program only"
if a: pickle.loads(x); pickle.loads(y)  # want "PKL201"

if a:
    pass
    # picklelint:trust boundary=host reason="written by this program only"  # want "PKL908"
pickle.loads(x)  # want "PKL201"
