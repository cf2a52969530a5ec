// Package unboundeddecode owns rule PKL304: as many bytes as a stranger likes to send
// become Go values, where a limit would help.
package unboundeddecode
