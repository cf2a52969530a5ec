// Package value works out what a constant expression of Python source is: bytes
// that are spelled in it, however they are wrapped (base64, hex, compressed, joined,
// in a file object), or the path of a file that it names or opens.
//
// It knows the functions that turn one into the other by their names, which package
// names follows, and the methods of their results. A name counts if one statement
// alone binds it where it is read. Nothing is opened or run, and whatever is not
// certain is no constant. What bytes mean, and where a path leads, is not decided here.
package value
