package pyscan

import "github.com/pickle-lint/pickle-lint/lint"

// Rules are the rules of this package. The rules about directives, which it
// also reports, belong to lint/justify.
var Rules = lint.SortRules([]*lint.Rule{
	GetstateWithoutSetstate,
	SetstateWithoutMigration,
	UnjustifiedLoad,
	UnpicklableState,
	UnsafeConfig,
	WrapperBypass,
	UnsoundWrapper,
	MissingProtocol,
	ObsoleteProtocol,
	UnpinnedProtocol,
	UnsupportedProtocol,
	UnversionedState,
	VersionNeverRead,
	SetstateSideEffect,
	UnimportableReduce,
	UnjustifiedLoad,
	UnregisteredCopyreg,
	UnsafeConfig,
	UnsafeReduce,
})
