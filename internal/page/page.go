// Package page owns what the self-contained pages have in common: the style, the part of
// the script that makes a list searched, sorted and walked through by keys, and the policy
// that lets a browser run these and nothing else. What a page shows is its own.
//
// A page is a plain list of everything. Its script sorts and hides what is there and adds
// nothing, so that foreign words are only ever text.
package page

import (
	"crypto/sha256"
	_ "embed" // the style and the script
	"encoding/base64"
	"fmt"
)

// Style is the style sheet that a page begins with.
//
//go:embed page.css
var Style string

// Script is what a script of a page begins with. It declares one name, "page".
//
//go:embed page.js
var Script string

// Policy lets a browser run one script and apply one style, known by their digests, and
// load nothing at all: what a name might smuggle in would not run.
func Policy(style, script string) string {
	return fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'", digest(script), digest(style))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
