package inventory

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

var today = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// want is a comment of an example: a rule says this about a path and line.
type want struct{ at, text string }

// example reads facts as the pages spell them, one a line:
//
//	service NAME DIRECTORY [python=3.9] [boundary=internal] [owner=@x]
//	channel TITLE [kind=file] [match=GLOB] [sites=GLOB] [producers=NAME] [boundary=…] …
//	sensitive GLOB WORD
//	codeowners PATTERN OWNER
//	dump PATH:LINE API [channel=KIND:NAME] [protocol=N] [classes=A,B] [format=pickle]
//	load PATH:LINE API [channel=KIND:NAME] [boundary=…] [verified=…] [safe=…] [owner=…] …
//	blob PATH [modified=2026-01-31] [protocols=2,4] [globals=A,B]
func example(t testing.TB, text string) (*Facts, []want) {
	t.Helper()
	f := &Facts{Repository: "demo", Today: today, Settings: Settings{Sensitive: make(map[string]string)}}
	var wants []want
	var owners strings.Builder
	for _, line := range strings.Split(text, "\n") {
		line, comment, _ := strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		plain, keys := words[:0:0], make(map[string]string)
		for _, w := range words[1:] {
			if k, v, ok := strings.Cut(w, "="); ok {
				keys[k] = v
			} else {
				plain = append(plain, w)
			}
		}
		at := plain[0]
		if _, quoted, ok := strings.Cut(comment, `want "`); ok {
			wants = append(wants, want{at, strings.TrimSuffix(strings.TrimSpace(quoted), `"`)})
		}
		split := func(key string) []string {
			if keys[key] == "" {
				return nil
			}
			return strings.Split(keys[key], ",")
		}
		switch words[0] {
		case "service":
			f.Settings.Services = append(f.Settings.Services, ServiceSetting{Name: at, Paths: plain[1:], Python: keys["python"], Boundary: keys["boundary"], Owners: split("owner")})
		case "channel":
			f.Settings.Channels = append(f.Settings.Channels, ChannelSetting{
				Title: at, Kind: lint.ChannelKind(keys["kind"]), Match: split("match"), Sites: split("sites"), Producers: split("producers"), Consumers: split("consumers"),
				Boundary: keys["boundary"], Owner: keys["owner"], Retention: keys["retention"], Sensitivity: keys["sensitivity"], Compat: keys["compat"], Ticket: keys["ticket"], Expires: keys["expires"],
			})
		case "sensitive":
			f.Settings.Sensitive[at] = plain[1]
		case "codeowners":
			fmt.Fprintln(&owners, strings.Join(plain, " "))
		case "dump":
			f.Dumps = append(f.Dumps, &lint.Dump{
				Location: location(t, at), Wing: wingOf(at), API: plain[1], Format: format(keys), Protocol: keys["protocol"], Classes: split("classes"), Channel: channel(keys["channel"]),
			})
		case "load":
			s := &lint.Site{Location: location(t, at), Wing: wingOf(at), API: plain[1], Format: format(keys), Safe: keys["safe"], Verified: keys["verified"], Channel: channel(keys["channel"])}
			if keys["boundary"] != "" {
				s.Justification = &lint.Justification{
					Boundary: keys["boundary"], Reason: "because", VerifiedBy: keys["verified-by"], Owner: keys["owner"], Expires: keys["expires"],
					Retention: keys["retention"], Sensitivity: keys["sensitivity"], Compat: keys["compat"], Ticket: keys["ticket"],
				}
			}
			f.Sites = append(f.Sites, s)
		case "blob":
			b := &Blob{Path: at, Modified: keys["modified"], Globals: split("globals")}
			for _, p := range split("protocols") {
				n, err := strconv.Atoi(p)
				if err != nil {
					t.Fatal(err)
				}
				b.Protocols = append(b.Protocols, n)
			}
			f.Blobs = append(f.Blobs, b)
		default:
			t.Fatalf("unknown word %q", words[0])
		}
	}
	if owners.Len() > 0 {
		f.Owners = ParseOwners("CODEOWNERS", []byte(owners.String()))
	}
	return f, wants
}

func location(t testing.TB, at string) lint.Location {
	t.Helper()
	path, text, _ := strings.Cut(at, ":")
	line, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	return lint.Location{Path: path, Line: line, Column: 1}
}

func wingOf(at string) string {
	if strings.Contains(at, ".go:") {
		return "go"
	}
	return "python"
}

func format(keys map[string]string) string {
	if keys["format"] != "" {
		return keys["format"]
	}
	return "pickle"
}

func channel(text string) *lint.Channel {
	kind, name, ok := strings.Cut(text, ":")
	if !ok && kind == "" {
		return nil
	}
	return &lint.Channel{Kind: lint.ChannelKind(kind), Name: name}
}

// place spells where a finding is as the examples do.
func place(f *Finding) string {
	if f.Line == 0 {
		return f.Path
	}
	return fmt.Sprintf("%s:%d", f.Path, f.Line)
}
