package inventory

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unproduced_channel.md
var pageUnproducedChannel string

// UnproducedChannel is PKL501; its page says what and why.
var UnproducedChannel = lint.NewRule(lint.Rule{
	ID:        "PKL501",
	Name:      "unproduced-channel",
	Severity:  lint.Note,
	Off:       true,
	Precision: "medium",
	Since:     "0.1.0",
}, pageUnproducedChannel)

func (j *judging) unproduced() {
	consumers := j.consumers()
	if !j.named() || !j.durable() || len(consumers) == 0 || len(j.Producers) > 0 || j.tested() || slices.Equal(j.Formats, []string{"yaml"}) {
		return
	}
	at := ""
	if n := len(j.Blobs) + j.MoreBlobs; n > 0 {
		at = fmt.Sprintf(", though the repository holds %d of its blobs", n)
	}
	j.tell(UnproducedChannel, consumers[0].Site.Location, "%s is read, and no code here writes it%s: name the producer in the configuration", j.label(), at)
}
