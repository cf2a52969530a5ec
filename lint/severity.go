package lint

import "fmt"

// Severity says how loud a finding is. A rule has exactly one.
type Severity int

// The severities, quietest first, so that they compare with < and >=.
const (
	Note Severity = iota + 1
	Warning
	Error
)

var severityNames = map[Severity]string{Note: "note", Warning: "warning", Error: "error"}

// String returns the word used on the command line, in JSON and in SARIF.
func (s Severity) String() string {
	if name, ok := severityNames[s]; ok {
		return name
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// ParseSeverity is the inverse of [Severity.String].
func ParseSeverity(word string) (Severity, error) {
	for s, name := range severityNames {
		if name == word {
			return s, nil
		}
	}
	return 0, fmt.Errorf("unknown severity %q: want note, warning or error", word)
}

// MarshalText writes the word.
func (s Severity) MarshalText() ([]byte, error) {
	if _, ok := severityNames[s]; !ok {
		return nil, fmt.Errorf("severity %d has no name", int(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads the word.
func (s *Severity) UnmarshalText(text []byte) error {
	v, err := ParseSeverity(string(text))
	if err != nil {
		return err
	}
	*s = v
	return nil
}
