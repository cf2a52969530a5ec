// Package suggest finds the word that somebody meant who wrote one that nobody knows:
// a key, a rule, a boundary, a severity. All messages that ask "did you mean" ask here.
package suggest

import (
	"fmt"
	"strings"
)

// DidYouMean returns ": did you mean …?" for the nearest candidate, or "" if none is
// near enough to be a slip of the finger.
func DidYouMean(word string, candidates []string) string {
	best := Nearest(word, candidates)
	if best == "" {
		return ""
	}
	return fmt.Sprintf(": did you mean %q?", best)
}

// Nearest returns the candidate nearest to a word, whatever their case; of several the
// first. A candidate is near if two slips or fewer lead to it (three, if it is long) and
// they leave half of it standing; or if it alone begins with the word.
func Nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	best, distance := "", most+1
	for _, c := range candidates {
		d := editDistance(word, strings.ToLower(c))
		if d < distance && d <= slips(len(c)) {
			best, distance = c, d
		}
	}
	if best == "" {
		best = begun(word, candidates)
	}
	return best
}

// most is how many slips there may be in the longest words.
const most = 3

// slips is how many there may be in a word of so many bytes.
func slips(length int) int {
	if length >= 9 {
		return most
	}
	return min(length/2, most-1)
}

// begun returns the one candidate that begins with a word of some length, as
// "unjustified-load" with "unjustified-l".
func begun(word string, candidates []string) (found string) {
	const enough = 4
	for _, c := range candidates {
		if len(word) < enough || !strings.HasPrefix(strings.ToLower(c), word) {
			continue
		}
		if found != "" {
			return ""
		}
		found = c
	}
	return found
}

// longest bounds the words that are compared: what is longer is no slip.
const longest = 64

// editDistance is Levenshtein's, in bytes. Words that are too long are far away.
func editDistance(a, b string) int {
	if len(a) > longest || len(b) > longest {
		return longest
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitute := diagonal
			if a[i] != b[j] {
				substitute++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitute, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
