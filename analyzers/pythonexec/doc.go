// Package pythonexec owns rule PKL307: Go that runs Python that unpickles.
//
//	find         the commands that the package starts, and where their words come from
//	program      which of the words is a program, and what it is given to run
//	given        what is handed over otherwise: standard input, a file that was just written
//	script       a script with where its bytes stand, for whoever reads Python better
//	pythonexec   the rule
//
// The analyzer knows Python by words only (analyzers/internal/pywords). The command
// hands each script to its Python wing, whose verdict takes the place of the words'.
package pythonexec
