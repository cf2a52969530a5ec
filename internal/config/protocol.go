package config

import "fmt"

// Protocol is what the file says of the protocols of pickles that the project writes.
type Protocol struct {
	Min     *int `yaml:"min"`
	Max     *int `yaml:"max"`
	Require bool `yaml:"require"`
}

// newestProtocol is the newest that there is.
const newestProtocol = 5

func (p Protocol) check() error {
	for _, bound := range []struct {
		name  string
		value *int
	}{{"min", p.Min}, {"max", p.Max}} {
		if bound.value != nil && (*bound.value < 0 || *bound.value > newestProtocol) {
			return fmt.Errorf("%s: %d is not a protocol, 0 to %d", bound.name, *bound.value, newestProtocol)
		}
	}
	if p.Min != nil && p.Max != nil && *p.Min > *p.Max {
		return fmt.Errorf("min: %d is more than max: %d", *p.Min, *p.Max)
	}
	return nil
}
