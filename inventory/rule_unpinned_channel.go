package inventory

import (
	_ "embed"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unpinned_channel.md
var pageUnpinnedChannel string

// UnpinnedChannel is PKL505; its page says what and why.
var UnpinnedChannel = lint.NewRule(lint.Rule{
	ID:        "PKL505",
	Name:      "unpinned-channel",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageUnpinnedChannel)

func (j *judging) unpinned() {
	for _, p := range j.producers() {
		words := map[string]string{"highest": "the newest protocol of the Python that runs it", "default": "the default protocol of the Python that runs it"}[p.Protocol]
		if words == "" || p.Format != "pickle" || !j.named() {
			continue
		}
		i := slices.IndexFunc(j.Consumers, func(c *Consumer) bool {
			return c.External || c.Service != p.Service || c.Python != "" && before(c.Python, j.pythonAt(p))
		})
		if i < 0 {
			continue
		}
		c := j.Consumers[i]
		who := "Python " + c.Python
		if c.External || c.Service != p.Service {
			who = "service " + c.Service
		}
		j.tell(UnpinnedChannel, p.Dump.Location, "this writes %s into %s, which %s reads: name a protocol that both have", words, j.label(), who)
	}
}

// pythonAt returns the Python of a producer.
func (j *judging) pythonAt(p *Producer) string {
	if s := j.service(p.Service); s != nil {
		if set := j.facts.settingOf(s); set.Python != "" {
			return set.Python
		}
	}
	if j.facts.Python == nil {
		return ""
	}
	return j.facts.Python(p.Path)
}
