package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// PythonSetting is a setting that turns pickling on, or weakens a load.
type PythonSetting struct {
	// Name is canonical, for example "celery.task_serializer".
	Name string
	// Words are the words under which it is set.
	Words []string
	// Forms are the forms in which it is set; nil means all.
	Forms []SettingForm
	// Values are those that are unsafe.
	Values []SettingValue
	// Near, if not empty, are words of which the file must have one, because the
	// words of the setting mean something else elsewhere.
	Near []string
	// Beside are the words of settings that, set beside it to anything but a
	// pickler, make it harmless.
	Beside []string
	// NotTo are functions of which a keyword argument of that name is something else.
	NotTo  []string
	Format string
	Danger string
	Reason string
}

// SettingForm is a way to set a setting.
type SettingForm string

// The forms.
const (
	// ByKeyword is an argument: conf.update(task_serializer="pickle").
	ByKeyword SettingForm = "keyword"
	// ByAttribute is conf.task_serializer = "pickle", or setattr.
	ByAttribute SettingForm = "attribute"
	// ByName is a name of a module.
	ByName SettingForm = "name"
	// ByClass is a name of a class.
	ByClass SettingForm = "class"
	// ByKey is a key of a dictionary, an item, or what a method such as
	// setdefault or set is given before the value.
	ByKey SettingForm = "key"
	// ByCall is a method of that name that is given the value.
	ByCall SettingForm = "call"
)

var settingForms = []SettingForm{ByKeyword, ByAttribute, ByName, ByClass, ByKey, ByCall}

// SettingValue is an unsafe value of a setting.
type SettingValue struct {
	// Text is a dotted name; of a string what is in it.
	Text string
	// String: a string, or the end of a dotted name where Text begins with a
	// star. One star at each end stands for anything.
	String bool
	// Switch: any value that switches something on ("True"), or off ("False").
	Switch bool
}

// PythonSettings lists all settings, sorted by name.
func (c *Catalog) PythonSettings() []*PythonSetting { return sortedValues(c.pythonSettings) }

// In reports whether a setting can be set in a form.
func (s *PythonSetting) In(form SettingForm) bool {
	if s.Forms == nil {
		return form != ByCall
	}
	return slices.Contains(s.Forms, form)
}

// addPythonSetting takes "python-setting celery.task_serializer values='pickle' …".
func (c *Catalog) addPythonSetting(f fact) error {
	if err := f.only("words", "in", "not-to", "values", "near", "beside", "format", "danger"); err != nil {
		return err
	}
	s := &PythonSetting{Name: f.subject, Format: f.attrs["format"], Danger: f.attrs["danger"], Reason: f.reason}
	if s.Format == "" || s.Danger == "" || f.attrs["values"] == "" {
		return fmt.Errorf("python-setting %s: format, values and danger are required", f.subject)
	}
	if i := strings.LastIndexByte(s.Name, '.'); i < 0 {
		return fmt.Errorf("python-setting %s: the name is not LIBRARY.SETTING", f.subject)
	} else if s.Words = settingWords(f.attrs["words"]); s.Words == nil {
		s.Words = []string{s.Name[i+1:]}
	}
	for _, word := range settingWords(f.attrs["in"]) {
		if !slices.Contains(settingForms, SettingForm(word)) {
			return fmt.Errorf("python-setting %s: in: %q is not one of %v", f.subject, word, settingForms)
		}
		s.Forms = append(s.Forms, SettingForm(word))
	}
	for _, word := range settingWords(f.attrs["values"]) {
		v := SettingValue{Text: strings.Trim(word, "'")}
		v.String, v.Switch = v.Text != word, word == "True" || word == "False"
		if v.Text == "" {
			return fmt.Errorf("python-setting %s: values: %q is empty", f.subject, word)
		}
		s.Values = append(s.Values, v)
	}
	s.Near, s.Beside, s.NotTo = settingWords(f.attrs["near"]), settingWords(f.attrs["beside"]), settingWords(f.attrs["not-to"])
	c.pythonSettings[s.Name] = s
	return nil
}

func settingWords(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// Unsafe reports whether a string is an unsafe value.
func (s *PythonSetting) Unsafe(text string) bool {
	return slices.ContainsFunc(s.Values, func(v SettingValue) bool {
		if v.Switch {
			return switches[strings.ToLower(text)] == v.Text
		}
		return v.String && v.Matches(text)
	})
}

// switches are the words with which configurations and environments switch something
// on and off.
var switches = map[string]string{
	"1": "True", "true": "True", "yes": "True", "y": "True", "on": "True", "t": "True",
	"0": "False", "false": "False", "no": "False", "n": "False", "off": "False", "f": "False",
}

// Matches reports whether a text is the value, with a star at either end for anything.
func (v SettingValue) Matches(text string) bool {
	if end, ok := strings.CutPrefix(v.Text, "*"); ok {
		return strings.HasSuffix(text, end)
	}
	if begin, ok := strings.CutSuffix(v.Text, "*"); ok {
		return strings.HasPrefix(text, begin)
	}
	return text == v.Text
}
