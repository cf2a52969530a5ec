package report

import (
	"cmp"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// srcRoot is the name of the directory that relative URIs start from; GitHub
// resolves them from the root of the repository by itself.
const srcRoot = "%SRCROOT%"

// rootLocation is where the run took place. Without it %SRCROOT% still has an
// entry: SARIF allows one that the consumer has to fill in.
func rootLocation(root string) sarifArtifactLocation {
	if root == "" {
		return sarifArtifactLocation{Description: &sarifText{Text: "The directory of the run."}}
	}
	// SARIF 3.14.14: the URI of a base ends with a slash.
	return sarifArtifactLocation{URI: fileURI(strings.TrimSuffix(root, "/") + "/")}
}

// base is the directory that relative URIs start from.
func (s *sarif) base() string {
	return slashed(cmp.Or(s.opt.Repository, s.config.Root))
}

// artifact is a path as SARIF names it: relative to the repository with forward slashes,
// whatever directory of it the run took place in, or a file URI when it lies outside. ".."
// would lead out of the base, which SARIF 3.4.4 forbids.
func (s *sarif) artifact(name string) sarifArtifactLocation {
	if name == "-" {
		return sarifArtifactLocation{URI: "-", Description: &sarifText{Text: "standard input"}}
	}
	inside := strings.TrimPrefix(name, "./")
	if base := s.base(); base != "" {
		in, ok := below(base, s.config.Root, name)
		if !ok {
			return sarifArtifactLocation{URI: fileURI(in)}
		}
		inside = in
	} else if isAbsolute(name) {
		return sarifArtifactLocation{URI: fileURI(name)}
	}
	return sarifArtifactLocation{URI: escapePath(inside), URIBaseID: srcRoot}
}

func slashed(name string) string {
	if hasDrive(name) {
		return strings.ReplaceAll(name, `\`, "/")
	}
	return name
}

// hasDrive recognises C:\ and C:/, whatever system this runs on: recorded runs
// are replayed elsewhere.
func hasDrive(name string) bool {
	return len(name) > 2 && name[1] == ':' && (name[2] == '/' || name[2] == '\\') &&
		('a' <= name[0]|0x20 && name[0]|0x20 <= 'z')
}

func isAbsolute(name string) bool { return strings.HasPrefix(name, "/") || hasDrive(name) }

func fileURI(name string) string {
	name = slashed(name)
	if hasDrive(name) {
		return "file:///" + name[:2] + escapePath(name[2:])
	}
	return "file://" + escapePath(name)
}

// escapePath percent-encodes everything but unreserved characters and slashes
// (RFC 3986, section 2.3). A colon is encoded too, or the first segment of a
// relative path could read as a scheme.
func escapePath(name string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/+@=,", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// plainMessage makes a text safe as a SARIF message: printable, and without the
// [text](target) that viewers turn into a link (SARIF 3.11.6), since its words may
// be those of whoever wrote a blob.
func plainMessage(s string) string {
	return strings.ReplaceAll(lint.Printable(s), "](", "] (")
}
