package blob

import "github.com/pickle-lint/pickle-lint/lint"

// Rules are the verdicts on stored bytes.
var Rules = lint.SortRules([]*lint.Rule{
	DangerousGlobal,
	UnlistedCall,
	UnknownCall,
	UnknownClass,
	SuspiciousGlobal,
	BrokenStream,
	UnresolvedGlobal,
	MutatedGlobal,
	FrameMismatch,
	ExtensionCode,
	AmbiguousArchive,
	NotWeightsOnly,
})
