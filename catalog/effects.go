package catalog

import (
	"fmt"
	"slices"
)

// Effect is what a call does besides returning a value.
type Effect string

// The effects. NoEffect is said of what a dangerous line speaks of, too.
const (
	NoEffect          Effect = "none"
	RunsCode          Effect = "code"
	Imports           Effect = "import"
	StartsProcess     Effect = "process"
	StartsThread      Effect = "thread"
	OpensFile         Effect = "file"
	Connects          Effect = "network"
	ConnectsDatabase  Effect = "database"
	ChangesProcess    Effect = "environment"
	RegistersFunction Effect = "register"
	Logs              Effect = "log"
)

var effects = []Effect{
	NoEffect, RunsCode, Imports, StartsProcess, StartsThread, OpensFile, Connects, ConnectsDatabase, ChangesProcess, RegistersFunction, Logs,
}

// PythonEffect returns the effect of calling what a canonical name stands for, or ""
// where no line speaks of it.
func (c *Catalog) PythonEffect(name string) Effect { return c.pythonEffects[name] }

// addPythonEffect takes "python-effect socket.create_connection kind=network".
func (c *Catalog) addPythonEffect(f fact) error {
	if err := f.only("kind"); err != nil {
		return err
	}
	kind := Effect(f.attrs["kind"])
	if !slices.Contains(effects, kind) {
		return fmt.Errorf("python-effect %s: kind %q is not one of %v", f.subject, kind, effects)
	}
	c.pythonEffects[f.subject] = kind
	return nil
}
