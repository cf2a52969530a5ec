package inventory

import "github.com/pickle-lint/pickle-lint/lint"

// Rules are the rules of the package.
var Rules = []*lint.Rule{
	UnproducedChannel,
	BoundaryMismatch,
	ForeignConsumer,
	NewerProtocol,
	UnpinnedChannel,
	MissingRetention,
	ExpiredBlob,
	SensitiveChannel,
	MissingOwner,
	UnknownOwner,
}
