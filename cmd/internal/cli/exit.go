package cli

import "errors"

// The exit codes.
const (
	ExitClean    = 0
	ExitFindings = 1 // findings at or above --fail-on
	ExitUsage    = 2 // usage or configuration error, or a failure of our own
	ExitSkipped  = 3 // something could not be looked at, and no finding made it 1
)

// exitError carries an exit code through cobra. An empty message prints nothing:
// everything was said already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// exitCode returns the code an error stands for. What cobra and pflag return is
// about usage.
func exitCode(err error) int {
	if err == nil {
		return ExitClean
	}
	if e, ok := errors.AsType[*exitError](err); ok {
		return e.code
	}
	return ExitUsage
}

// failure is err, unless that only says how a run ended.
func failure(err error) error {
	if _, ok := errors.AsType[*exitError](err); ok {
		return nil
	}
	return err
}
