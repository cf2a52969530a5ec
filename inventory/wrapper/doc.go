// Package wrapper owns the wrappers through which a project can load its pickles and gobs:
// the texts of safe_pickle.py and of its Go twin, the table of classes that may be imported,
// and how that table is made of an inventory and written into a file that is there.
//
// safe_pickle.py lies in template, as a module that works, with an empty table; the Go twin
// is the package safegob, as it is compiled and tested here. What differs from project to
// project stands between two marks. Between them this package writes, and reads again what it
// wrote; all else in the file is its owner's.
//
// It leaves finding and writing files to its caller, and whether a wrapper is sound to the
// rules PKL206, PKL207 and PKL303, which know no difference between this one and others.
package wrapper
