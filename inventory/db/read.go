package db

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Limits of an inventory. One of a repository with 200,000 sites has 110 MB and 600,000
// objects; what says little in many objects would take a hundred times its size in memory.
const (
	maxBytes   = 192 << 20
	maxObjects = 1_000_000
	maxValues  = 16_000_000
	maxShown   = 200
)

// Read reads the JSON form of an inventory and checks it: it comes from other machines.
func Read(r io.Reader) (*inventory.Inventory, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxBytes:
		return nil, fmt.Errorf("more than %d MiB: no inventory of one repository is that large", maxBytes>>20)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, errors.New("is empty: want the output of `pickle-lint inventory --format json`")
	case bytes.Count(data, []byte("{")) > maxObjects || bytes.Count(data, []byte(",")) > maxValues:
		return nil, fmt.Errorf("more than %d objects or %d values: no inventory of one repository has that many", maxObjects, maxValues)
	}
	inv := new(inventory.Inventory)
	wrong := json.Unmarshal(data, inv)
	var form struct {
		Form     *int             `json:"form"`
		Channels *json.RawMessage `json:"channels"`
	}
	if err := json.Unmarshal(data, &form); err == nil {
		// What a newer form changed may be what could not be read.
		switch {
		case form.Form == nil || form.Channels == nil:
			return nil, errors.New("is no inventory: it lacks form or channels; want the output of `pickle-lint inventory --format json`")
		case *form.Form > inventory.Form:
			return nil, fmt.Errorf("has form %d, and this program reads form %d: install a newer pickle-inventory", *form.Form, inventory.Form)
		case *form.Form < 1:
			return nil, fmt.Errorf("has form %d, which there never was", *form.Form)
		}
	}
	if wrong != nil {
		return nil, misread(wrong)
	}
	return inv, check(inv)
}

// misread says what is wrong with JSON, in words that are no longer than they must be.
func misread(err error) error {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		if strings.Contains(e.Error(), "unexpected end") {
			return fmt.Errorf("is cut off after %d bytes", e.Offset)
		}
		return fmt.Errorf("is no JSON: byte %d: %s", e.Offset, shorten(e.Error(), maxShown))
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("byte %d: %s may not be a JSON %s", e.Offset, shorten(lint.Printable(e.Field), maxShown), shorten(e.Value, 40))
	}
	return errors.New(shorten(lint.Printable(err.Error()), maxShown))
}

// check refuses what a database could not hold or a question could not find again.
func check(inv *inventory.Inventory) error {
	if strings.TrimSpace(inv.Repository) == "" {
		return errors.New("repository is empty: name it with --repository when the inventory is made")
	}
	if _, err := time.Parse(time.DateOnly, inv.Date); err != nil {
		return fmt.Errorf("date %q is no day (YYYY-MM-DD)", shorten(lint.Printable(inv.Date), maxShown))
	}
	names := make(map[string]bool)
	for i, s := range inv.Services {
		if s == nil || s.Name == "" {
			return fmt.Errorf("services[%d] has no name", i)
		}
		if names[key(s.Name)] {
			return fmt.Errorf("service %q stands there twice", shorten(lint.Printable(s.Name), maxShown))
		}
		names[key(s.Name)] = true
	}
	for i, c := range inv.Channels {
		if err := checkChannel(c); err != nil {
			return fmt.Errorf("channels[%d] %w", i, err)
		}
	}
	for i, f := range inv.Findings {
		if f == nil || f.Finding == nil || f.Rule == "" {
			return fmt.Errorf("findings[%d] has no rule", i)
		}
	}
	for i, s := range inv.Skips {
		if s == nil {
			return fmt.Errorf("skips[%d] is null", i)
		}
	}
	return nil
}

func checkChannel(c *inventory.Channel) error {
	if c == nil || c.ID == "" {
		return errors.New("has no id")
	}
	for i, p := range c.Producers {
		if p == nil || p.Dump == nil && !p.External {
			return fmt.Errorf("producers[%d] is neither a place nor external", i)
		}
	}
	for i, p := range c.Consumers {
		if p == nil || p.Site == nil && !p.External {
			return fmt.Errorf("consumers[%d] is neither a place nor external", i)
		}
	}
	for i, b := range c.Blobs {
		if b == nil || b.Path == "" {
			return fmt.Errorf("blobs[%d] has no path", i)
		}
	}
	return nil
}
