// Package unverifieddecode owns rule PKL303: bytes become Go values behind a check
// that does not hold. Which checks there are stands in the catalogue (go-verifier),
// whether one holds is found out by flow.
package unverifieddecode
