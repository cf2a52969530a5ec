package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// ruleTable is the rules array and where each rule stands in it.
type ruleTable struct {
	descriptors []sarifDescriptor
	index       map[string]int
	taxa        []int // CWE numbers, sorted
}

// newRuleTable lists all rules, sorted, whether they fired or not: code scanning
// wants the array always, and a stable one. A finding of a rule that is not among
// them comes from a replayed run of another version; it gets an entry made of what
// the finding itself says.
func newRuleTable(rules []*lint.Rule, findings []*lint.Finding) *ruleTable {
	t := &ruleTable{descriptors: []sarifDescriptor{}, index: make(map[string]int)}
	rules = lint.SortRules(rules)
	for _, r := range rules {
		if r.CWE != 0 {
			t.taxa = append(t.taxa, r.CWE)
		}
	}
	slices.Sort(t.taxa)
	t.taxa = slices.Compact(t.taxa)
	for _, r := range rules {
		t.index[r.ID] = len(t.descriptors)
		t.descriptors = append(t.descriptors, t.descriptor(r))
	}
	var foreign []sarifDescriptor
	for _, f := range findings {
		if _, ok := t.index[f.Rule]; ok {
			continue
		}
		t.index[f.Rule] = 0
		text := &sarifText{Text: "A rule of another version of pickle-lint: " + validText(f.Name) + "."}
		foreign = append(foreign, sarifDescriptor{
			ID: validText(f.Rule), Name: validText(f.Name), ShortDescription: text, FullDescription: text, Help: text,
			Default: &sarifDefaults{Level: f.Severity.String()},
		})
	}
	slices.SortFunc(foreign, func(a, b sarifDescriptor) int { return strings.Compare(a.ID, b.ID) })
	for _, d := range foreign {
		t.index[d.ID] = len(t.descriptors)
		t.descriptors = append(t.descriptors, d)
	}
	return t
}

// mostDescription is what GitHub takes of a description.
const mostDescription = 1024

func (t *ruleTable) descriptor(r *lint.Rule) sarifDescriptor {
	d := sarifDescriptor{
		ID:               r.ID,
		Name:             r.Name,
		ShortDescription: &sarifText{Text: r.Page.Summary},
		FullDescription:  &sarifText{Text: r.Page.Summary},
		Help:             &sarifText{Text: "pickle-lint explain " + r.ID, Markdown: r.Page.Text},
		HelpURI:          lint.PageURL(r.ID, r.Name),
		Default:          &sarifDefaults{Level: r.Severity.String()},
		Properties:       ruleProperties(r),
	}
	if r.Off {
		d.Default.Enabled = new(bool)
	}
	if s := r.Page.Section("What it does"); s != nil && s.Text != "" {
		d.FullDescription = &sarifText{Text: lint.Shorten(strings.Join(strings.Fields(s.Text), " "), mostDescription)}
	}
	if s := r.Page.Section("Why is this bad"); s != nil && s.Text != "" {
		d.Help.Text = strings.Join(strings.Fields(s.Text), " ")
	}
	if r.CWE != 0 {
		at, _ := slices.BinarySearch(t.taxa, r.CWE)
		d.Relationships = []sarifRelationship{{
			Target: sarifReference{ID: strconv.Itoa(r.CWE), Index: &at, ToolComponent: &cweRef},
			Kinds:  []string{"superset"},
		}}
	}
	return d
}

// problemSeverities are code scanning's words for rules that are not about
// security.
var problemSeverities = map[lint.Severity]string{
	lint.Error: "error", lint.Warning: "warning", lint.Note: "recommendation",
}

func ruleProperties(r *lint.Rule) *sarifRuleProperties {
	p := &sarifRuleProperties{Precision: r.Precision}
	if r.SecuritySeverity > 0 {
		p.Tags = append(p.Tags, "security")
		p.SecuritySeverity = strconv.FormatFloat(r.SecuritySeverity, 'f', 1, 64)
	} else {
		p.ProblemSeverity = problemSeverities[r.Severity]
	}
	if r.CWE != 0 {
		// The form that code scanning turns into a CWE link.
		p.Tags = append(p.Tags, fmt.Sprintf("external/cwe/cwe-%03d", r.CWE))
	}
	if tag := lint.FamilyOf(r.ID).Tag; tag != "" {
		p.Tags = append(p.Tags, tag)
	}
	return p
}

var cweRef = sarifToolRef{Name: "CWE", Index: 0}

func cweTaxonomy(numbers []int) sarifComponent {
	c := sarifComponent{
		Name:             cweRef.Name,
		Organization:     "MITRE",
		InformationURI:   "https://cwe.mitre.org/",
		ShortDescription: &sarifText{Text: "The MITRE Common Weakness Enumeration"},
	}
	for _, n := range numbers {
		id := strconv.Itoa(n)
		c.Taxa = append(c.Taxa, sarifDescriptor{ID: id, Name: "CWE-" + id, HelpURI: "https://cwe.mitre.org/data/definitions/" + id + ".html"})
	}
	return c
}
