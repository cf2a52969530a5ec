// Package hookedunpickler owns rule PKL305: a decoder of pickles is given a function
// that builds what the pickle names, and the function does not list what it builds.
// Which fields hold such functions stands in the catalogue (go-hook), whether one lists
// what it answers is found out by flow.
package hookedunpickler
