package inventory

import (
	_ "embed"
	"strconv"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_newer_protocol.md
var pageNewerProtocol string

// NewerProtocol is PKL504; its page says what and why.
var NewerProtocol = lint.NewRule(lint.Rule{
	ID:        "PKL504",
	Name:      "newer-protocol",
	Severity:  lint.Error,
	Precision: "high",
	Since:     "0.1.0",
}, pageNewerProtocol)

func (j *judging) newer() {
	if j.Accepts == nil || !j.named() {
		return
	}
	oldest := j.oldest()
	for _, p := range j.producers() {
		if n, err := strconv.Atoi(p.Protocol); err == nil && p.Format == "pickle" && n > *j.Accepts {
			j.tell(NewerProtocol, p.Dump.Location, "protocol %d goes into %s, and %s:%d under Python %s reads protocols up to %d", n, j.label(), oldest.Path, oldest.Line, oldest.Python, *j.Accepts)
		}
	}
	for _, b := range j.Blobs {
		if n := len(b.Protocols); n > 0 && b.Protocols[n-1] > *j.Accepts {
			j.tell(NewerProtocol, lint.Location{Path: b.Path}, "this blob has protocol %d, and %s:%d under Python %s reads protocols up to %d", b.Protocols[n-1], oldest.Path, oldest.Line, oldest.Python, *j.Accepts)
		}
	}
}

// oldest is the consumer with the oldest Python.
func (j *judging) oldest() *Consumer {
	var out *Consumer
	for _, c := range j.consumers() {
		if _, _, ok := release(c.Python); ok && c.Format == "pickle" && (out == nil || before(c.Python, out.Python)) {
			out = c
		}
	}
	return out
}
