package lsp

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// pathOf returns the path of a file URI, or "" for one of another scheme, whose text is in
// the editor only. Windows' drives come as file:///c%3A/x and file:///C:/x.
func pathOf(uri string, windows bool) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return ""
	}
	p := u.Path
	if windows {
		if len(p) > 2 && p[0] == '/' && p[2] == ':' {
			p = strings.ToUpper(p[1:2]) + p[2:]
		} else if u.Host != "" {
			p = "//" + u.Host + p
		}
		return strings.ReplaceAll(path.Clean(p), "/", `\`)
	}
	return filepath.Clean(p)
}

// uriOf returns the URI of a file.
func uriOf(name string) string {
	name = filepath.ToSlash(name)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}
