// Package rebuild reads what the source of one file says of how its objects are put
// together again by whoever loads a pickle of them: what __reduce__ and its kin hand
// out, what is registered in copyreg and in dispatch tables, whether a pickle can name
// that, whether the registration ever runs, and what runs besides while a pickle is
// loaded.
//
// [Read] lists what is wrong. Which callables are dangerous, and what they do, is the
// catalogue's word; how much a problem weighs is the caller's. What the pickler writes of
// an object that has none of these methods is not looked at.
package rebuild
