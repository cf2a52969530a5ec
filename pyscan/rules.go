package pyscan

import "github.com/pickle-lint/pickle-lint/lint"

// Rules are the rules of this package. The rules about directives, which it
// also reports, belong to lint/justify.
var Rules = lint.SortRules([]*lint.Rule{
	GetstateWithoutSetstate,
	MissingProtocol,
	ObsoleteProtocol,
	SetstateSideEffect,
	SetstateWithoutMigration,
	TaintedLoad,
	UnimportableReduce,
	UnjustifiedLoad,
	UnpicklableState,
	UnpinnedProtocol,
	UnregisteredCopyreg,
	UnsafeConfig,
	UnsafeReduce,
	UnsoundWrapper,
	UnsupportedProtocol,
	UnverifiedLoad,
	UnversionedState,
	UserControlledPath,
	VersionNeverRead,
	WrapperBypass,
})
