package prelex

import (
	"golang.org/x/text/unicode/norm"
)

// maxFold bounds an identifier that is folded, in bytes.
const maxFold = 1 << 10

// Fold returns the NFKC form of an identifier, by which Python compares them
// (PEP 3131), and whether it is another. One that becomes a keyword is left
// alone: keywords are recognised before the folding.
func Fold(word []byte) (folded []byte, ok bool) {
	plain := true
	for _, c := range word {
		if c >= 0x80 {
			plain = false
			break
		}
	}
	if plain || len(word) > maxFold || norm.NFKC.IsNormal(word) {
		return word, false
	}
	folded = norm.NFKC.Bytes(word)
	if len(folded) == 0 || classes[folded[0]] != letter || keywords[string(folded)] {
		return word, false
	}
	for _, c := range folded {
		if classes[c] < letter {
			return word, false
		}
	}
	return folded, true
}

// IsKeyword reports a word that is no name in Python 3.
func IsKeyword(word []byte) bool {
	return len(word) <= len("continue") && keywords[string(word)] && string(word) != "print" && string(word) != "exec"
}

var keywords = func() map[string]bool {
	out := make(map[string]bool)
	for _, w := range []string{
		"False", "None", "True", "and", "as", "async", "await", "else", "for", "from", "if", "in", "is", "lambda", "nonlocal", "not", "or", "yield",
		"print", "exec",
	} {
		out[w] = true
	}
	for w := range statementWords {
		out[w] = true
	}
	return out
}()
