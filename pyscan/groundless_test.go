//go:build cgo

package pyscan

import "testing"

// What stands anywhere in a file can take the ground from a proof.
func TestGroundless(t *testing.T) {
	for name, src := range map[string]string{
		"a patched comparison": `import hmac, pickle, settings
hmac.compare_digest = lambda a, b: True
def load(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
    return pickle.loads(body)
`,
		"a fallback that decides nothing": `import pickle, settings, hmac
try:
    from hmac import compare_digest
except ImportError:
    compare_digest = lambda a, b: True
def load(sig, body):
    if not compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
    return pickle.loads(body)
`,
		"an exit stack that suppresses": `import pickle, hmac, settings, contextlib
def load(sig, body):
    with contextlib.ExitStack() as es:
        es.enter_context(contextlib.suppress(ValueError))
        if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
            raise ValueError
    return pickle.loads(body)
`,
		"a manager in a variable": `import pickle, hmac, settings, contextlib
quiet = contextlib.suppress(Exception)
def load(sig, body):
    with quiet:
        if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
            raise ValueError
    return pickle.loads(body)
`,
		"a way round the decorator": `import hmac, pickle, functools, settings
def signed(fn):
    @functools.wraps(fn)
    def w(sig, body):
        if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
            raise PermissionError
        return fn(sig, body)
    return w
@signed
def on(sig, body):
    return pickle.loads(body)
def fast(sig, body):
    return on.__wrapped__(sig, body)
`,
		"a registration below the decorator": `import hmac, pickle, functools, settings
registry = []
def register(fn):
    registry.append(fn)
    return fn
def signed(fn):
    @functools.wraps(fn)
    def w(sig, body):
        if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
            raise PermissionError
        return fn(sig, body)
    return w
@signed
@register
def on(sig, body):
    return pickle.loads(body)
`,
		"a method by its name": `import hmac, pickle, settings, sys
class C:
    def _load(self, body):
        return pickle.loads(body)
    def safe(self, sig, body):
        if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
            raise ValueError
        return self._load(body)
    handlers = {"x": "_load"}
    def dispatch(self, name, body):
        return getattr(self, self.handlers[name])(body)
`,
		"an export by name": `import hmac, pickle, settings, sys
__all__ = ["_load"]
def _load(body):
    return pickle.loads(body)
def safe(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
    return _load(body)
`,
	} {
		for _, site := range scan("m.py", src).Sites {
			if site.Verified != "" {
				t.Errorf("%s: line %d is said to be verified by %s", name, site.Line, site.Verified)
			}
		}
	}
}
