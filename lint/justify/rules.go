package justify

import "github.com/pickle-lint/pickle-lint/lint"

// Rules are the rules of hygiene, shared by the Go and the Python wing.
var Rules = lint.SortRules([]*lint.Rule{
	MalformedDirective,
	MissingField,
	EmptyReason,
	UnknownWord,
	DuplicateJustification,
	ExpiredJustification,
	DeadJustification,
	ForeignSuppression,
	MisplacedDirective,
	ExpiringJustification,
})
