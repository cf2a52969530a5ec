package lint

import "regexp"

// generatedMark is Go's mark of generated files (go.dev/s/generatedcode), behind the comment
// sign of Go or of Python.
var generatedMark = regexp.MustCompile(`^(?://|#) Code generated .* DO NOT EDIT\.$`)

// IsGenerated reports whether a comment, or a line that is one, says that its file is generated.
func IsGenerated(comment []byte) bool { return generatedMark.Match(comment) }
