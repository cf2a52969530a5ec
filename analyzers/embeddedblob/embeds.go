package embeddedblob

import (
	"github.com/pickle-lint/pickle-lint/analyzers/internal/embedded"
	"github.com/pickle-lint/pickle-lint/blob"
)

// embeds judges the embedded files of the package, but for its tests.
func (j *judging) embeds() error {
	for _, v := range embedded.Find(j.pass) {
		if isTest(j.pass.Fset, v.Name.Pos()) {
			continue
		}
		for _, p := range v.Problems {
			if err := j.skip(p.Pos, p.End, "", "%s", p.Text); err != nil {
				return err
			}
		}
		for _, f := range v.Files {
			if err := j.embed(v, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (j *judging) embed(v *embedded.Variable, f *embedded.File) error {
	if j.full {
		return nil
	}
	data, err := f.Read(min(maxFile, j.bytes))
	switch {
	case err != nil && j.bytes < maxFile:
		j.full = true
		return j.skip(f.Pos, f.End, f.Path, "the package embeds more than %d bytes, and from %s on its files were not looked at", maxBytes, f.Name)
	case err != nil:
		return j.skip(f.Pos, f.End, f.Path, "embedded file not looked at: %v", err)
	}
	j.bytes -= int64(len(data))
	return j.look(subject{
		pos: f.Pos, end: f.End, claimed: v.Name, name: "embedded " + f.Name, file: f.Path, data: data, named: blob.PromisesPickle(f.Name),
	})
}
