//go:build cgo

package proof

import "testing"

// Variables of loops in each other are made of each other: asking whether one is None ends.
func TestNoneInLoops(t *testing.T) {
	f := open(t, head+`
def g(a, b, c):
    x = a
    while b:
        while c:
            x = f(x)
            if x2 is None:
                break
        if x is not None:
            b = b + x
    if x is not None and hmac.compare_digest(c, hmac.digest(KEY, x, "sha256")):
        return pickle.loads(x)
`)
	loads := f.loads()
	if len(loads) != 1 {
		t.Fatalf("%d loads", len(loads))
	}
	if a := f.ask(loads[0]); !a.Verified {
		t.Errorf("not verified: %+v", a)
	}
}
