package p

//picklelint:verifier // want "^PKL910 misplaced-directive: "
var v int

//picklelint:verifier
func verify(b []byte) bool { return len(b) > 0 }

//picklelint:verifier
func next() ([]byte, error) { return nil, nil }

//picklelint:verifier // want "^PKL910 misplaced-directive: .* stands on a function that returns nothing, and so cannot say what it found"
func silent(b []byte) {}

//picklelint:verifier // want "^PKL910 misplaced-directive: .* stands on a function that is given nothing that it could verify"
func ready() bool { return true }

//picklelint:trust boundary=host reason="there is nothing here" // want "^PKL908 dead-justification: excuses nothing"
var w int

//pickle-lint:trust boundary=host reason="there is nothing here" // want "^PKL901 malformed-directive: " "^PKL908 "

//nolint:gosec // no site stands here
var x int
