package report

import "github.com/pickle-lint/pickle-lint/lint"

// style is the only place that knows escape sequences. Its zero value paints
// nothing, so text without colour cannot contain one by accident.
type style struct{ on bool }

// ink is a role that text can have. Roles, not colours, are what the rest names.
type ink int

const (
	inkError ink = iota
	inkWarning
	inkNote
	inkGutter
	inkStrong
	inkFaint
)

// SGR parameters, ECMA-48 section 8.3.117.
var inks = [...]string{
	inkError:   "1;31",
	inkWarning: "1;33",
	inkNote:    "1;36",
	inkGutter:  "1;34",
	inkStrong:  "1",
	inkFaint:   "2",
}

func (s style) paint(i ink, text string) string {
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + inks[i] + "m" + text + "\x1b[0m"
}

func severityInk(s lint.Severity) ink {
	switch s {
	case lint.Error:
		return inkError
	case lint.Warning:
		return inkWarning
	}
	return inkNote
}
