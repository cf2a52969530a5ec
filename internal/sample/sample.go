// Package sample makes inventories for the tests of what reads them: an ordinary one, one
// whose every name is made to break something, a large one and one of nothing. It owns
// facts only; [inventory.Build] joins them. Nothing but tests imports it.
package sample

import (
	"fmt"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

var today = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// Empty is the record of a repository without channels.
func Empty() *inventory.Inventory {
	return inventory.Build(&inventory.Facts{Repository: "empty", Version: "0.0.0", Today: today})
}

// Ordinary is the record of a shop: services in Python and Go, a partner outside, blobs
// at rest, claims of all sorts, and findings.
func Ordinary() *inventory.Inventory {
	f := &inventory.Facts{
		Repository: "shop", Commit: "4f1c0de8a2", Version: "0.0.0", Today: today,
		Owners: inventory.ParseOwners("CODEOWNERS", []byte("api/ @shop/web\nworker/ @shop/jobs\nledger/ @shop/money\n")),
		Settings: inventory.Settings{
			Services: []inventory.ServiceSetting{
				{Name: "api", Paths: []string{"api"}, Python: "3.12", Boundary: "internal"},
				{Name: "worker", Paths: []string{"worker"}, Python: "3.7", Boundary: "internal"},
				{Name: "ledger", Paths: []string{"ledger"}, Boundary: "cluster"},
			},
			Channels: []inventory.ChannelSetting{
				{Title: "invoices", Kind: lint.BucketChannel, Match: []string{"invoices/*"}, Producers: []string{"billing"}, Boundary: "partner", Owner: "@shop/money", Retention: "90d", Sensitivity: "pii"},
				{Title: "exports", Kind: lint.QueueChannel, Match: []string{"exports"}, Consumers: []string{"warehouse"}},
			},
			Sensitive: map[string]string{"shop.models.*": "confidential"},
		},
		Dumps: []*lint.Dump{
			dump("api/sessions.py", 31, "django.contrib.sessions.serializers.PickleSerializer", "", "session", "django", "default"),
			dump("api/spool.py", 12, "pickle.dump", "shop.models.Order", "file", "spool/*.pkl", "highest"),
			dump("api/tasks.py", 8, "celery.Celery.send_task", "", "queue", "mail", "4"),
			dump("worker/cache.py", 20, "django.core.cache.cache.set", "shop.models.Basket", "cache", "basket:*", "5"),
			dump("worker/export.py", 44, "pickle.dumps", "", "queue", "exports", "4"),
			dump("ledger/main.go", 77, "(*encoding/gob.Encoder).Encode", "", "file", "ledger.gob", ""),
			dump("worker/pipe.py", 5, "multiprocessing.Queue.put", "", "process", "", ""),
		},
		Sites: []*lint.Site{
			load("api/sessions.py", 52, "django.contrib.sessions.serializers.PickleSerializer", "session", "django", "", claim("host", "signed cookies of our own")),
			load("worker/spool.py", 9, "pickle.load", "file", "spool/*.pkl", "", claim("internal", "spool written by api only, mode 0600")),
			load("worker/tasks.py", 14, "celery.Task", "queue", "mail", "", nil),
			load("api/cache.py", 18, "django.core.cache.cache.get", "cache", "basket:*", "", nil),
			load("worker/invoices.py", 61, "pickle.loads", "bucket", "invoices/*", "hmac.compare_digest", claim("partner", "checked at ingest")),
			load("ledger/main.go", 90, "(*encoding/gob.Decoder).Decode", "file", "ledger.gob", "", claim("host", "written by this program alone")),
			load("api/model.py", 7, "joblib.load", "file", "models/rank-*.joblib", "", nil),
			load("api/upload.py", 28, "pickle.loads", "network", "/upload", "", claim("user", "previews of what editors upload")),
			load("worker/pipe.py", 11, "multiprocessing.Queue.get", "process", "", "", nil),
		},
		Blobs: []*inventory.Blob{
			{Path: "models/rank-2.joblib", Size: 1 << 20, Modified: "2026-01-15", Protocols: []int{4}, Globals: []string{"numpy.core.multiarray._reconstruct", "sklearn.linear_model._logistic.LogisticRegression"}},
			{Path: "testdata/old/user.pkl", Size: 120, Modified: "2019-05-02", Protocols: []int{2}, Globals: []string{"shop.models.User"}},
		},
		Skips: []*lint.Skip{{Location: lint.Location{Path: "worker/broken.py", Line: 3, Column: 1}, Reason: "syntax error"}, {Location: lint.Location{Path: "vendor"}, Reason: "left out", Excluded: true}},
	}
	f.Sites[4].Justification.VerifiedBy, f.Sites[4].Justification.Expires = "ingest.verify", "2026-09-30"
	f.Sites[1].Justification.Owner, f.Sites[1].Justification.Retention, f.Sites[1].Justification.Ticket = "@shop/jobs", "30d", "SEC-1042"
	f.Sites[5].Format, f.Dumps[5].Format = "gob", "gob"
	return inventory.Build(f)
}

func dump(path string, line int, api, class, kind, name, protocol string) *lint.Dump {
	d := &lint.Dump{Location: at(path, line), Wing: wing(path), API: api, Format: "pickle", Function: "save", Protocol: protocol, Channel: &lint.Channel{Kind: lint.ChannelKind(kind), Name: name}}
	if class != "" {
		d.Classes = []string{class}
	}
	return d
}

func load(path string, line int, api, kind, name, verified string, j *lint.Justification) *lint.Site {
	return &lint.Site{
		Location: at(path, line), Wing: wing(path), API: api, Format: "pickle", Function: "restore", Argument: "data", Verified: verified,
		Channel: &lint.Channel{Kind: lint.ChannelKind(kind), Name: name}, Justification: j,
	}
}

func claim(boundary, reason string) *lint.Justification {
	return &lint.Justification{Boundary: boundary, Reason: reason, Line: 1}
}

func at(path string, line int) lint.Location {
	return lint.Location{Path: path, Line: line, Column: 5, EndLine: line, EndColumn: 20}
}

func wing(path string) string {
	if len(path) > 3 && path[len(path)-3:] == ".go" {
		return "go"
	}
	return "python"
}

// Names are those that the hostile record is made of. Whoever shows one must show it as
// text, and on one line.
var Names = []string{
	`"quoted" 'twice'`, "line\nfeed\r\n", "</script><script>document.title='owned'</script>", `<img src=x onerror="document.title='owned'">`,
	"right\u202eotfel", "nul\x00esc\x1b[31m", "bad\xffutf8", "a|b||c", "`code` ``more``", "=HYPERLINK(\"http://192.0.2.1\")", "@everyone", "--> end; subgraph x", `back\slash\`,
	"%% comment", "{{.JS}}", "&lt;b&gt;&amp;", "[link](javascript:alert(1))", "日本語 e\u0301", "#quot;#35;", "]]>", "http://192.0.2.1/x?y#z", "style x fill:#f00", "", "end",
}

// Hostile is a record in which each name stands wherever the source or the configuration
// chooses the text.
func Hostile() *inventory.Inventory {
	f := &inventory.Facts{Repository: Names[2], Commit: Names[5], Version: Names[0], Dirty: true, Today: today}
	for i, name := range Names {
		path := fmt.Sprintf("s%d/%s.py", i, name)
		f.Settings.Services = append(f.Settings.Services, inventory.ServiceSetting{Name: fmt.Sprint(name, i), Paths: []string{fmt.Sprintf("s%d", i)}, Python: name, Boundary: name, Owners: []string{name}})
		f.Settings.Channels = append(f.Settings.Channels, inventory.ChannelSetting{
			Title: name, Kind: lint.ChannelKind(name), Match: []string{name + "x*"}, Producers: []string{name, "other"}, Consumers: []string{name}, Boundary: name, Owner: name, Retention: name, Sensitivity: name,
			Compat: name, Ticket: name, Expires: name,
		})
		d := dump(path, 1, name, name, "file", fmt.Sprintf("d%d/%s", i, name), name)
		d.Function, d.Argument, d.Format, d.Member = name, name, name, []string{name}
		f.Dumps = append(f.Dumps, d)
		s := load(path, 2, name, "file", fmt.Sprintf("d%d/%s", i, name), name, &lint.Justification{
			Boundary: name, Reason: name, VerifiedBy: name, Owner: name, Expires: name, Retention: "30d", Sensitivity: name, Compat: name, Ticket: name,
		})
		s.Function, s.Argument, s.Format, s.Note, s.Safe, s.Loads = name, name, name, name, name, name
		f.Sites = append(f.Sites, s, load(path, 3, name, name, "", "", nil))
		f.Blobs = append(f.Blobs, &inventory.Blob{Path: fmt.Sprintf("d%d/%s", i, name), Size: 1, Modified: name, Globals: []string{name}})
		f.Skips = append(f.Skips, &lint.Skip{Location: lint.Location{Path: path}, Reason: name})
	}
	return inventory.Build(f)
}

// Large is a record of n channels between up to 40 services, each with both ends.
func Large(n int) *inventory.Inventory {
	f := &inventory.Facts{Repository: "large", Version: "0.0.0", Today: today}
	kinds := []string{"file", "cache", "queue", "bucket", "table"}
	for i := range 40 {
		name := fmt.Sprintf("service-%02d", i)
		f.Settings.Services = append(f.Settings.Services, inventory.ServiceSetting{Name: name, Paths: []string{name}, Python: "3.9", Owners: []string{"@org/" + name}})
	}
	for i := range n {
		name, kind := fmt.Sprintf("area%d/item-%05d", i%17, i), kinds[i%len(kinds)]
		f.Dumps = append(f.Dumps, dump(fmt.Sprintf("service-%02d/app/write%d.py", i%40, i%97), i+1, "pickle.dump", fmt.Sprintf("app.models.Item%d", i%50), kind, name, "5"))
		var j *lint.Justification
		if i%3 > 0 {
			j = claim([]string{"internal", "partner"}[i%2], "checked by those who write it, see the page on storage")
		}
		f.Sites = append(f.Sites, load(fmt.Sprintf("service-%02d/app/read%d.py", (i/3)%40, i%89), i+1, "pickle.load", kind, name, "", j))
	}
	return inventory.Build(f)
}
