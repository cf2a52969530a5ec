package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// findSettings finds the settings that are a protocol, but for the arguments of calls that
// were looked at.
func (p *protocolJudge) findSettings(calls map[syntax.Index]bool) (out []dumped) {
	byWord := p.gate.dumps.settings
	if len(byWord) == 0 {
		return nil
	}
	for i := range p.tree.Nodes {
		i := syntax.Index(i)
		word, form, value := "", catalog.SettingForm(""), syntax.None
		switch p.tree.Kind(i) {
		case syntax.KeywordArgument:
			name := p.tree.Child(i, syntax.Name)
			if name == syntax.None || calls[p.tree.Parent(p.tree.Parent(i))] {
				continue
			}
			word, form, value = string(p.tree.Text(name)), catalog.ByKeyword, p.tree.Child(i, syntax.Value)
		case syntax.Pair:
			if key := p.tree.First(i); key != syntax.None {
				word, form, value = p.keyText(key), catalog.ByKey, p.tree.Next(key)
			}
		case syntax.Assignment:
			word, form = p.assignedWord(p.tree.Child(i, syntax.Left))
			value = p.tree.Child(i, syntax.Right)
		case syntax.Call:
			if setters[p.lastWord(p.tree.Child(i, syntax.Function))] {
				if args := p.file.arguments(i, 0); len(args.positional) > 1 {
					word, form, value = p.keyText(args.positional[0]), catalog.ByKey, args.positional[1]
				}
			}
		}
		if word == "" || value == syntax.None {
			continue
		}
		for _, s := range byWord[word] {
			if slices.Contains(s.Forms, form) && p.isNear(s, form, i) || form == catalog.ByKey && slices.Contains(s.Forms, catalog.ByItem) && p.isNear(s, catalog.ByItem, i) {
				out = append(out, dumped{node: i, what: s.Name[:strings.LastIndexByte(s.Name, '.')+1] + word, value: value})
				break
			}
		}
	}
	return out
}

// isNear reports that the words are there which a setting needs: in the file, or of an item
// in what is set.
func (p *protocolJudge) isNear(s *catalog.DumpSetting, form catalog.SettingForm, i syntax.Index) bool {
	if form == catalog.ByItem {
		left := p.tree.Child(i, syntax.Left)
		return p.tree.Kind(left) == syntax.Subscript && p.isOneOf(left, s.Near)
	}
	return len(s.Near) == 0 || slices.ContainsFunc(s.Near, p.spells)
}

// assignedWord returns the word that an assignment sets, and in which form.
func (p *protocolJudge) assignedWord(left syntax.Index) (string, catalog.SettingForm) {
	if left == syntax.None {
		return "", ""
	}
	switch left = p.unwrap(left); p.tree.Kind(left) {
	case syntax.Identifier:
		if p.definedIn(left) == syntax.FunctionDefinition {
			return "", ""
		}
		return string(p.tree.Text(left)), catalog.ByName
	case syntax.Attribute:
		return p.lastWord(left), catalog.ByAttribute
	case syntax.Subscript:
		if of := p.tree.First(left); of != syntax.None && p.tree.Next(of) != syntax.None {
			return p.keyText(p.tree.Next(of)), catalog.ByKey
		}
	}
	return "", ""
}

// keyText returns what is in a plain string, or "".
func (p *protocolJudge) keyText(i syntax.Index) string {
	if p.tree.Kind(i) != syntax.String {
		return ""
	}
	text, _ := p.constant(i)
	return strings.Trim(text, `"`)
}
