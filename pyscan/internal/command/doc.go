// Package command finds the Python that commands run: the argument of python -c, the
// here-document that python reads, the script of a workflow's step in Python. It
// looks into shell scripts, makefiles, Dockerfiles, YAML and the configuration of a
// few tools.
//
// It reads those languages only as far as words and quotes go. Whatever it does not
// understand is passed over: what it finds is Python that somebody runs, and what it
// does not find is text.
package command
