// Package cobra stands for the real one.
package cobra

type Command struct {
	Use  string
	RunE func(*Command, []string) error
}
