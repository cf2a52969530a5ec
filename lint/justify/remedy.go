package justify

import "github.com/pickle-lint/pickle-lint/lint"

// Remedy is what a program may do to a directive without being asked what was meant.
type Remedy int

// The remedies.
const (
	// ByHand: somebody has to think about it.
	ByHand Remedy = iota
	// Remove takes the comment out: nothing is decoded where it stands.
	Remove
	// CloseUp takes out the blanks behind the comment sign.
	CloseUp
)

// Problem is a finding about a directive, and what mends it.
type Problem struct {
	*lint.Finding
	Remedy Remedy
}
