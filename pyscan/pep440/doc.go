// Package pep440 owns the versions of Python packages: how they are written, which
// of two is the older, and which of them a specifier such as ">=2.5,<3" admits.
//
// It follows PEP 440 as the Python Packaging User Guide has it ("Version
// specifiers"), and reads besides what Poetry and conda write in its place. Of what a
// specifier admits it keeps the ends only, see [Range]: nobody asks for more.
package pep440
