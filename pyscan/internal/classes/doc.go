// Package classes reads what the classes of one file say of themselves: what they
// stand on, which methods they have, what each method does to the attributes of its
// object, and how the object is taken apart by __getstate__ and put together by
// __setstate__.
//
// These are facts, and what is wrong with them is judged elsewhere. Methods are read
// from top to bottom without following branches: what stands in one is told as
// optional, and whatever is not understood makes an answer open. Classes of other files
// are known by their dotted names only.
package classes
