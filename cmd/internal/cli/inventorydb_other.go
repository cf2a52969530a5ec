//go:build !unix

package cli

import "os"

// ask ends a program: there is no way to ask.
func ask(p *os.Process) error { return p.Kill() }
