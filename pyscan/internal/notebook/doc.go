// Package notebook reads Jupyter notebooks: which of their cells hold Python, and
// what is left of them as Python when the words to IPython are taken away.
//
// A notebook is JSON of the formats 3 and 4 (nbformat, "The Notebook file format").
// It is read in one pass from front to back; of the outputs, which are most of it,
// nothing is kept. A file in the middle of a merge is read too: the lines that mark
// the sides of a conflict are passed over, and commas may be missing.
package notebook
