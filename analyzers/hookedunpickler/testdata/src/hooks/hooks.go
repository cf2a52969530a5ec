package hooks

import (
	"errors"
	"io"
	"os"
	"slices"

	ogórek "github.com/kisielk/og-rek"
	"github.com/nlpodyssey/gopickle/pickle"
)

var errRefused = errors.New("refused")

type class struct{ module, name string }

var classes = map[string]func() any{}

func everything(module, name string) (any, error) { return class{module, name}, nil }

func listed(module, name string) (any, error) {
	if f, ok := classes[module+"."+name]; ok {
		return f(), nil
	}
	return nil, errRefused
}

type loader struct{ *pickle.Unpickler }

func (l *loader) find(module, name string) (any, error) { return class{module, name}, nil }

func (l *loader) findListed(module, name string) (any, error) {
	switch name {
	case "A", "B":
		return class{module, name}, nil
	}
	return nil, errRefused
}

func use(r io.Reader) {
	u := pickle.NewUnpickler(r)
	u.FindClass = everything // want `hooked-unpickler: FindClass is set here without a justification, and the function does not refuse what it does not list: the bytes choose which class`
	u.FindClass = listed
	u.FindClass = nil
	u.FindClass = func(module, name string) (any, error) { // want "FindClass is set here"
		if module == "os" {
			return nil, errRefused
		}
		return class{module, name}, nil
	}
	u.GetExtension = func(code int) (any, error) { // want "GetExtension is set here"
		return code, nil
	}
	u.GetExtension = func(code int) (any, error) {
		if code == 240 {
			return class{"a", "B"}, nil
		}
		return nil, errRefused
	}
	u.NextBuffer = func() (any, error) { return os.ReadFile("buffer") } // want "NextBuffer is set here"
	(&u).PersistentLoad = func(any) (any, error) { return nil, errRefused }
	hook := func(id any) (any, error) { return os.Open(id.(string)) }
	u.PersistentLoad = hook // want "PersistentLoad is set here"
	good := func(id any) (any, error) { return nil, errRefused }
	u.PersistentLoad = good
	u.FindClass, u.PersistentLoad = hooks() // want "FindClass is set here" "PersistentLoad is set here"

	l := &loader{&u}
	l.FindClass = l.find // want "FindClass is set here"
	l.FindClass = l.findListed
	l.Unpickler.FindClass = l.find // want "FindClass is set here"

	//picklelint:trust boundary=build reason="the model is made by our own build" owner=models
	u.FindClass = everything
	u.FindClass = everything //nolint:picklelint // want "FindClass is set here without"
}

func hooks() (func(string, string) (any, error), func(any) (any, error)) { return everything, nil }

func literal(r io.Reader) *pickle.Unpickler {
	return &pickle.Unpickler{
		FindClass:    everything, // want "FindClass is set here"
		GetExtension: nil,
	}
}

func whole(f func(string, string) (any, error)) pickle.Unpickler {
	return pickle.Unpickler{f, nil, nil, nil} // want "FindClass is set here"
}

func og(r io.Reader) {
	ogórek.NewDecoderWithConfig(r, &ogórek.DecoderConfig{
		PersistentLoad: func(ref ogórek.Ref) (any, error) { // want "PersistentLoad is set here"
			return os.Open(ref.Pid.(string))
		},
	})
	ogórek.NewDecoderWithConfig(r, &ogórek.DecoderConfig{
		PersistentLoad: func(ref ogórek.Ref) (any, error) {
			switch ref.Pid {
			case "a":
				return 1, nil
			}
			return nil, errRefused
		},
		StrictUnicode: true,
	})
	ogórek.NewDecoderWithConfig(r, &ogórek.DecoderConfig{StrictUnicode: true})
}

func lists(r io.Reader, field func(string, string) (any, error)) {
	u := pickle.NewUnpickler(r)
	seen := map[string]bool{}
	u.FindClass = func(module, name string) (any, error) { // want "FindClass is set here"
		seen[module] = true
		if !seen[module] {
			return nil, errRefused
		}
		return class{module, name}, nil
	}
	u.FindClass = func(module, name string) (any, error) { // want "FindClass is set here"
		if !slices.Contains([]string{"a", module}, module) {
			return nil, errRefused
		}
		return class{module, name}, nil
	}
	u.FindClass = func(module, name string) (any, error) {
		if !slices.Contains([]string{"a", "b"}, module) {
			return nil, errRefused
		}
		return class{module, name}, nil
	}
	u.FindClass = func(module, name string) (c any, err error) { // want "FindClass is set here"
		defer func() {
			if recover() != nil {
				c, err = class{module, name}, nil
			}
		}()
		if module != "a" {
			panic("refused")
		}
		return class{module, name}, nil
	}
	u.FindClass = func(module, name string) (c any, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = errRefused
			}
		}()
		if module != "a" {
			panic("refused")
		}
		return class{module, name}, nil
	}
	u.FindClass = func(module, name string) (any, error) {
		var err error
		if _, ok := classes[module]; !ok {
			err = errRefused
		}
		return class{module, name}, err
	}
	set := &u.FindClass // want "FindClass is set here"
	*set = field
}
