package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// everyLoader is how many loaders there are.
const everyLoader = 4

// BlobLine says the facts of a place in one line.
func BlobLine(m *lint.Blob) string { return blobLine(m) }

// blobLine says the facts of a place in one line.
func blobLine(m *lint.Blob) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if m.More > 0 {
		add("%s more", listCounts(count{m.More, "member", "members"}))
	}
	if len(m.Containers) > 0 {
		add("%s", strings.Join(m.Containers, " and "))
	}
	if m.Pickles > 0 {
		pickles := listCounts(count{m.Pickles, "pickle", "pickles"})
		if m.Broken > 0 {
			pickles += fmt.Sprintf(" (%d broken)", m.Broken)
		}
		parts = append(parts, pickles, protocols(m.Protocols), counted(m.Ops, "op", "ops"))
	}
	if text := globals(m.Globals); text != "" {
		add("%s", text)
	}
	if m.Calls > 0 {
		add("%s", counted(m.Calls, "call", "calls"))
	}
	if m.Size > 0 {
		add("%s", counted(m.Size, "byte", "bytes"))
	}
	if m.Pickles > 0 {
		switch len(m.Loaders) {
		case 0:
			add("no loader reads all")
		case everyLoader:
			add("every loader")
		default:
			add("only %s", strings.Join(m.Loaders, " and "))
		}
	}
	return container(lint.Location{Path: m.Path, Member: m.Member}) + ": " + lint.Printable(strings.Join(parts, ", "))
}

func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func protocols(all []int) string {
	words := make([]string, len(all))
	for i, p := range all {
		words[i] = strconv.Itoa(p)
	}
	if len(words) == 1 {
		return "protocol " + words[0]
	}
	return "protocols " + strings.Join(words, " ")
}

// globals lists the classes, the worst first.
func globals(classes map[string]int) string {
	total := 0
	var parts []string
	for _, class := range []string{"dangerous", "suspicious", "unresolved", "unknown", "allowed"} {
		if n := classes[class]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%d %s", n, class))
		}
	}
	if total == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%s)", listCounts(count{total, "global", "globals"}), strings.Join(parts, ", "))
}
