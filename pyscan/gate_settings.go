package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// settingWords is what a gate knows of settings. Unlike those of sinks, their words
// stand in strings as well.
type settingWords struct {
	// byWord holds the settings by the words under which they are set.
	byWord map[string][]*setting
	// lines are words by which a line has to do with a setting: those, and the words
	// of what makes one harmless.
	lines map[string]bool
	needs []settingNeed
	// spared are words that a rough look leaps over, because too many files have
	// them.
	spared map[int]bool
}

// setting is one of the catalogue, with what its sites say of themselves.
type setting struct {
	*catalog.PythonSetting
	sink *catalog.PythonSink
}

// settingNeed says which words a file must have to set a setting: those of one of
// each of the lists, as far as there are lists.
type settingNeed struct {
	names, near, values [][]int
	// first is the list that a rough look asks for; nil if it cannot see all of
	// its words.
	first [][]int
}

// commonWord is how long a word may be that files have for other reasons as well, so
// that to ask for it keeps out none.
const commonWord = 6

// fewWords is how many words of a library there may be to be asked for before the words
// of the setting: files that speak of one library are few.
const fewWords = 2

func (g *gate) addSettings(settings []*catalog.PythonSetting) {
	g.settings.byWord, g.settings.spared, g.settings.lines = make(map[string][]*setting), make(map[int]bool), make(map[string]bool)
	others := len(g.ids)
	g.sinkWords = others
	times := make(map[string]int)
	for _, s := range settings {
		for _, word := range s.Words {
			times[word]++
		}
	}
	for _, s := range settings {
		shared := false
		kept := &setting{s, &catalog.PythonSink{Name: s.Name, Format: s.Format, Setting: true, Danger: s.Danger, Reason: s.Reason}}
		var need settingNeed
		common := false
		for _, word := range slices.Concat(s.Words, s.Beside) {
			g.settings.lines[word] = true
		}
		for _, word := range s.Words {
			g.settings.byWord[word] = append(g.settings.byWord[word], kept)
			common = common || len(word) <= commonWord
			shared = shared || times[word] > 1
		}
		if !common {
			need.names = g.lists(s.Words)
		}
		if len(s.Near) > 0 {
			need.near = g.lists(s.Near)
		}
		if len(s.Near) > 0 || common || shared {
			need.values = g.lists(valueWords(s))
		}
		lists := [][][]int{need.names, need.near, need.values}
		if len(s.Near) <= fewWords {
			lists[0], lists[1] = lists[1], lists[0]
		}
		for _, list := range lists {
			if list != nil && !g.hasShort(list) {
				need.first = list
				break
			}
		}
		g.settings.needs = append(g.settings.needs, need)
	}
	for id := others; id < len(g.ids); id++ {
		g.settings.spared[id] = true
	}
	for _, need := range g.settings.needs {
		for _, set := range need.first {
			for _, id := range set {
				delete(g.settings.spared, id)
			}
		}
	}
	for _, all := range g.settings.byWord {
		// What is only meant near a library is told before what is always meant.
		slices.SortStableFunc(all, func(a, b *setting) int { return min(len(b.Near), 1) - min(len(a.Near), 1) })
	}
}

// lists numbers the words of dotted names and the like.
func (g *gate) lists(names []string) (sets [][]int) {
	for _, name := range names {
		sets = append(sets, g.numbers(strings.FieldsFunc(name, func(r rune) bool { return r >= 0x80 || !inWord[byte(r)] })))
	}
	return sets
}

// hasShort reports whether a rough look does not see some word of a list.
func (g *gate) hasShort(list [][]int) bool {
	return slices.ContainsFunc(list, func(set []int) bool {
		return slices.ContainsFunc(set, func(id int) bool { return len(g.spelled[id]) < window })
	})
}

// valueWords is the longest word of each value that is no part of a longer one.
func valueWords(s *catalog.PythonSetting) (out []string) {
	for _, value := range s.Values {
		if value.Switch {
			return nil
		}
		text := strings.TrimPrefix(value.Text, "*")
		if cut, ok := strings.CutSuffix(text, "*"); ok {
			text = strings.TrimRight(cut, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
		}
		longest := ""
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r >= 0x80 || !inWord[byte(r)] }) {
			if len(word) > len(longest) {
				longest = word
			}
		}
		if longest == "" {
			return nil
		}
		if !slices.Contains(out, longest) {
			out = append(out, longest)
		}
	}
	return out
}

// roughly reports whether the words that a rough look sees may be those of a setting.
func (w *settingWords) roughly(seen words) bool {
	return slices.ContainsFunc(w.needs, func(need settingNeed) bool { return need.first == nil || seen.enough(need.first) })
}

// enough reports whether the words of some setting are there.
func (w *settingWords) enough(seen words) bool {
	there := func(list [][]int) bool { return list == nil || seen.enough(list) }
	return seen.seen != nil && slices.ContainsFunc(w.needs, func(need settingNeed) bool {
		return there(need.names) && there(need.near) && there(need.values)
	})
}

// settings reports whether the names and the strings of a file may make a setting.
func (e *exact) settings() bool {
	seen := e.names
	switch {
	case e.spelled.seen == nil:
	case seen.seen == nil:
		seen = e.spelled
	default:
		seen.seen = slices.Clone(seen.seen)
		for id, there := range e.spelled.seen {
			seen.seen[id] = seen.seen[id] || there
		}
	}
	return e.gate.settings.enough(seen)
}

// unspared returns the words that a rough look looks for, by their numbers.
func (g *gate) unspared() []string {
	out := slices.Clone(g.spelled)
	for id := range g.settings.spared {
		out[id] = ""
	}
	return out
}
