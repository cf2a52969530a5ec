// Package decode turns the bytes of a Python source into UTF-8, as CPython would:
// by the byte order mark and the declaration of PEP 263. It remembers where each
// character stood in the file.
//
// A file may hide its words by its encoding ("# coding: unicode_escape"), so what
// CPython reads must be read. What CPython refuses is read all the same, as well
// as it goes, and a notice says so.
package decode
