package justify

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Age is a length of time as the key retention writes it: a number of days, weeks or years.
// Years are those of the calendar.
type Age struct {
	n    int
	unit byte
	text string
}

// maxAge bounds the number: a thousand years in days.
const maxAge = 366_000

// ParseAge reads 30d, 12w or 1y.
func ParseAge(text string) (Age, error) {
	wrong := fmt.Errorf("%q is not a number of days, weeks or years (30d, 12w, 1y)", text)
	if len(text) < 2 {
		return Age{}, wrong
	}
	number, unit := text[:len(text)-1], text[len(text)-1]
	if number[0] == '0' || strings.Trim(number, "0123456789") != "" || !strings.ContainsRune("dwy", rune(unit)) {
		return Age{}, wrong
	}
	n, err := strconv.Atoi(number)
	if err != nil || n > maxAge {
		return Age{}, wrong
	}
	return Age{n: n, unit: unit, text: text}, nil
}

func (a Age) String() string { return a.text }

// After returns the first day on which what was written at a time is older than this.
func (a Age) After(written time.Time) time.Time {
	day := written.UTC().Truncate(24 * time.Hour)
	switch a.unit {
	case 'w':
		day = day.AddDate(0, 0, 7*a.n)
	case 'y':
		day = day.AddDate(a.n, 0, 0)
	default:
		day = day.AddDate(0, 0, a.n)
	}
	return day.AddDate(0, 0, 1)
}

// Shorter reports whether this ends before another one that begins on the same day.
func (a Age) Shorter(b Age) bool {
	day := time.Unix(0, 0)
	return a.After(day).Before(b.After(day))
}
