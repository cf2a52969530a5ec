// Package container opens the files that carry blobs: zip, tar, 7z, npy, the
// single-stream compressions gzip, zlib, bzip2, xz, lzma, lz4 and zstd, and the
// stores of applications (SQLite, Berkeley DB, Redis, messages of kombu, base64
// text).
// Each format recognises its content, never a name, and lists its members as bytes
// that can be read at random.
//
// It knows nothing of pickles: what is inside a member, and whether a member is
// a container again, is asked by blob, which also decides what to do with a
// problem. It executes nothing and writes no file.
//
// Containers are hostile. No size that a header declares is allocated or
// believed, every bound in [Limits] that is hit is an error of kind [ErrLimit]
// beside the members found so far, and a member that is damaged is yielded as
// far as it can be read: a loader that does not check what we check would read
// it too.
package container
