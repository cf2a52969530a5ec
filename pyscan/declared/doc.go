// Package declared tells which versions of Python libraries a project declares: it
// reads lock files, pyproject.toml, requirements files, setup.cfg, setup.py, Pipfiles,
// conda environments and the header of a script (PEP 723).
//
// A [Project] answers for one file at a time, see [Project.Of]: from the directory of
// the file upwards, and within one directory lock files before the rest. Of several
// declarations the oldest version counts, and of a range its end: a library that
// promises to work with torch 2.0 is unsafe where torch 2.0 is.
//
// Nothing is installed, run or asked for over a network. Every file is bounded in
// size, and what cannot be read or understood is told by [Project.Troubles].
package declared
