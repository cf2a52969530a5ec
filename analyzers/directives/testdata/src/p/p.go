package p

//picklelint:verifier // want "^PKL910 misplaced-directive: "
var v int

//picklelint:verifier
func verify() {}

//picklelint:trust boundary=host reason="there is nothing here" // want "^PKL908 dead-justification: excuses nothing"
var w int

//pickle-lint:trust boundary=host reason="there is nothing here" // want "^PKL901 malformed-directive: " "^PKL908 "

//nolint:gosec // no site stands here
var x int
