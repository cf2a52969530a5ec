// Package lzma decompresses LZMA and LZMA2 streams, which stand in xz, lzma and
// zip files. The formats are those of the LZMA SDK (lzma-specification.txt) and
// of liblzma.
//
// It is written for damaged and hostile input: every byte that liblzma would
// hand out before it meets the damage is handed out before the error, and the
// dictionary grows with the data, whatever its declared size.
package lzma
