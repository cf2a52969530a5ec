package inventory

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_boundary_mismatch.md
var pageBoundaryMismatch string

// BoundaryMismatch is PKL502; its page says what and why.
var BoundaryMismatch = lint.NewRule(lint.Rule{
	ID:        "PKL502",
	Name:      "boundary-mismatch",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageBoundaryMismatch)

// alone are the boundaries that say that no other service writes the bytes.
var alone = []string{"process", "host"}

func (j *judging) boundaries() {
	claimed := make(map[string]*Consumer)
	var words []string
	for _, c := range j.consumers() {
		if c.Justification == nil || c.Justification.Boundary == "caller" {
			continue
		}
		word := c.Justification.Boundary
		if claimed[word] == nil {
			claimed[word] = c
			words = append(words, word)
		}
	}
	if set := j.settings[j.Channel]; set != nil && set.Boundary != "" {
		for _, word := range words {
			if word != set.Boundary {
				j.tell(BoundaryMismatch, claimed[word].Site.Location, "this load claims boundary=%s, and the configuration says boundary=%s of %s", word, set.Boundary, j.label())
			}
		}
		return
	}
	if len(words) > 1 && j.named() {
		first := claimed[words[0]]
		for _, word := range words[1:] {
			j.tell(BoundaryMismatch, claimed[word].Site.Location, "this load claims boundary=%s of %s, and %s:%d claims boundary=%s", word, j.label(), first.Path, first.Line, words[0])
		}
	}
	for _, word := range words {
		j.against(claimed[word], word)
	}
}

// against holds the claim of a consumer against its producers.
func (j *judging) against(c *Consumer, word string) {
	for _, p := range j.Producers {
		switch service := j.service(p.Service); {
		case slices.Contains(alone, word) && p.Service != c.Service:
			j.tell(BoundaryMismatch, c.Site.Location, "this load claims boundary=%s, and service %s writes %s%s", word, p.Service, j.label(), placeOf(p))
			return
		case service != nil && service.Boundary != "" && service.Boundary != word && p.Service != c.Service:
			j.tell(BoundaryMismatch, c.Site.Location, "this load claims boundary=%s, and service %s, which writes %s%s, stands behind boundary=%s", word, p.Service, j.label(), placeOf(p), service.Boundary)
			return
		}
	}
}

// service returns a service by its name, or nil.
func (b *builder) service(name string) *Service {
	for _, s := range b.services.all {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// placeOf says where a producer is, if a source shows it.
func placeOf(p *Producer) string {
	if p.External {
		return ""
	}
	return fmt.Sprintf(" at %s:%d", p.Path, p.Line)
}
