package library

import (
	"go/types"
	"testing"
)

func TestPath(t *testing.T) {
	for name, want := range map[string]string{
		"(*encoding/gob.Decoder).Decode":     "encoding/gob",
		"(encoding/gob.Decoder).Decode":      "encoding/gob",
		"net/rpc.ServeConn":                  "net/rpc",
		"pickle.Load":                        "pickle",
		"gopkg.in/yaml.v3/sub.F":             "gopkg.in/yaml.v3/sub",
		"gopkg.in/yaml.v3.Unmarshal":         "gopkg.in/yaml.v3",
		"(*gopkg.in/yaml.v3.Decoder).Decode": "gopkg.in/yaml.v3",
		"(*example.com/m/v2/pkg.T[K]).Read":  "example.com/m/v2/pkg",
		"(*m/pkg.v2.T[a/b.K, c.V]).Read":     "m/pkg.v2",
		"example.com/m/pkg.F":                "example.com/m/pkg",
		"":                                   "",
		"word":                               "word",
	} {
		if got := Path(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestOf(t *testing.T) {
	set := New([]string{"(*encoding/gob.Decoder).Decode", "github.com/a/pickle.Load", "pickle.Load"})
	for path, want := range map[string]string{
		"encoding/gob":                             "encoding/gob",
		"github.com/a/pickle":                      "github.com/a/pickle",
		"example.com/m/vendor/github.com/a/pickle": "github.com/a/pickle",
		"example.com/third_party/encoding/gob":     "encoding/gob",
		"example.com/gob":                          "",
		"example.com/notencoding/gob":              "",
		"example.com/github.com/a/pickle/sub":      "",
		"encoding/json":                            "",
	} {
		if got := set.Of(types.NewPackage(path, "p")); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := set.Of(nil); got != "" {
		t.Errorf("no package: %q", got)
	}
	copied := types.NewPackage("m/vendor/github.com/a/pickle", "pickle")
	if got := set.Name(copied, "m/vendor/github.com/a/pickle.Load"); got != "github.com/a/pickle.Load" {
		t.Errorf("name in a copy: %q", got)
	}
}
