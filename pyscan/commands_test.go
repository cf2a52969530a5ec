//go:build cgo

package pyscan

import (
	"slices"
	"strings"
	"testing"
)

// inCommands lists the text of each finding in a file of commands.
func inCommands(t *testing.T, name, src string) (out []string) {
	t.Helper()
	res := scan(name, src)
	for _, s := range res.Skips {
		t.Errorf("skip: %+v", s)
	}
	for _, p := range places(t, src, res) {
		out = append(out, strings.Replace(p, "PKL201 0:0:0 ", "", 1))
	}
	return out
}

func TestCommands(t *testing.T) {
	const load = `pickle.load(open('f','rb'))`
	dq := `python3 -c "import pickle; pickle.load(open('f','rb'))"`
	for _, tt := range []struct {
		name, src string
		want      []string
	}{
		{"a.sh", dq, []string{load}},
		{"a.sh", `python -c 'import pickle; pickle.loads(b"")'`, []string{`pickle.loads(b"")`}},
		{"a.sh", "x=1 sudo -u me env A=b /usr/bin/python3.11 -I -uW ignore -c \"import pickle\npickle.load(f)\n\" arg\n", []string{"pickle.load(f)"}},
		{"a.sh", "$PYTHON -Wi -c'import pickle;pickle.load(f)'\n\"${PYTHON3}\" -Sc \"import pickle;pickle.load(g)\"; \"$(which python3)\" -c 'import pickle;pickle.load(h)'", []string{"pickle.load(f)", "pickle.load(g)", "pickle.load(h)"}},
		{"a.sh", "python3 - <<'EOF' arg\nimport pickle\npickle.load(f)\nEOF\npickle.load(g)\n", []string{"pickle.load(f)"}},
		{"a.sh", "python3 <<-EOF | cat\n\timport pickle\n\tpickle.load('\\$f')\n\tEOF\n", []string{`pickle.load('\$f')`}},
		{"a.sh", "cat <<EOF | python3 -\nimport pickle\npickle.load(f)\nEOF\n", []string{"pickle.load(f)"}},
		{"a.sh", "cat > run.py <<EOF\nimport pickle\npickle.load(f)\nEOF\ncat > run.txt <<EOF\nimport pickle\npickle.load(g)\nEOF\n", []string{"pickle.load(f)"}},
		{"a.sh", "echo 'import pickle; pickle.load(f)' | python3", []string{"pickle.load(f)"}},
		{"a.sh", "python3 <<< 'import pickle; pickle.load(f)'", []string{"pickle.load(f)"}},
		{"a.sh", "x=\"$(python -c 'import pickle; pickle.load(f)')\"\ny=`python -c 'import pickle; pickle.load(g)'`", []string{"pickle.load(f)", "pickle.load(g)"}},
		{"a.sh", `bash -lc "python -c 'import pickle; pickle.load(f)'"; ssh host "python -c \"import pickle; pickle.load(g)\""`, []string{"pickle.load(f)", "pickle.load(g)"}},
		{"a.sh", `docker run --rm img python -c 'import pickle; pickle.load(f)'`, []string{"pickle.load(f)"}},
		{"a.sh", "python script.py -c 'import pickle; pickle.load(f)'\npython -m x -c 'import pickle; pickle.load(f)'\n", nil},
		{"a.sh", "echo \"python -c 'import pickle; pickle.load(f)'\"\n# python -c 'import pickle; pickle.load(f)'\ncat <<EOF\npython -c 'import pickle; pickle.load(f)'\nEOF\n", nil},
		{"a.sh", "python run.py <<EOF\nimport pickle\npickle.load(f)\nEOF\n", nil},
		{"a.sh", "echo it's\npython -c \"import pickle; pickle.load(f)\"\n", []string{"pickle.load(f)"}},
		{"a.sh", "perl -c 'import pickle; pickle.load(f)'\n", nil},
		{"bin/run", "#!/bin/bash -e\n" + dq, []string{load}},
		{"run.sh.j2", dq, []string{load}},
		{"Makefile", "x:\n\t@$(PYTHON) -c 'import pickle; pickle.load(\"$$f\")' \\\n\t\t&& python -c \"import pickle; pickle.load(g)\"\n", []string{`pickle.load("$$f")`, "pickle.load(g)"}},
		{"Dockerfile", "FROM python\nRUN python -c \"import pickle; \\\n# a comment\n    pickle.load(f)\"\nRUN pip install x\n", []string{"pickle.load(f)"}},
		{"Dockerfile.dev", "ENTRYPOINT [\"python\", \"-c\", \"import pickle; pickle.load(\\\"f\\\")\"]\n", []string{`pickle.load(\"f\")`}},
		{"Dockerfile", "HEALTHCHECK --interval=5m CMD python -c 'import pickle; pickle.load(f)'\nONBUILD RUN python -c 'import pickle; pickle.load(g)'\n", []string{"pickle.load(f)", "pickle.load(g)"}},
		{"Dockerfile", "RUN python3 <<EOF\nimport pickle\npickle.load(f)\nEOF\nRUN <<EOF\npython -c 'import pickle; pickle.load(g)'\nEOF\nRUN <<EOF\n#!/usr/bin/env python3\nimport pickle\npickle.load(h)\nEOF\nCOPY <<EOF /app.py\nimport pickle\npickle.load(i)\nEOF\nCOPY <<EOF /app.txt\npickle.load(j)\nEOF\n",
			[]string{"pickle.load(f)", "pickle.load(g)", "pickle.load(h)", "pickle.load(i)"}},
		{"ci.yml", "jobs:\n  a:\n    steps:\n      - name: python -c 'import pickle; pickle.load(x)'\n        run: |\n          cd x\n          python -c \"\n          import pickle\n          pickle.load(f)\n          \"\n      - run: python -c 'import pickle; pickle.load(g)'\n", []string{"pickle.load(f)", "pickle.load(g)"}},
		{"ci.yml", "steps:\n- run: |\n    import pickle\n    pickle.load(f)\n  shell: python\n- shell: python {0}\n  run: |\n    import pickle\n    pickle.load(g)\n- shell: bash\n  run: |\n    import pickle\n    pickle.load(h)\n", []string{"pickle.load(f)", "pickle.load(g)"}},
		{".gitlab-ci.yml", "test:\n  script:\n    - pip install x\n    - python -c 'import pickle; pickle.load(f)'\n    - >\n      python -c\n      'import pickle; pickle.load(g)'\n    - \"python -c 'import pickle; pickle.load(\\\"h\\\")'\"\n    - 'python -c \"import pickle; pickle.load(''i'')\"'\n", []string{"pickle.load(f)", "pickle.load(g)", `pickle.load(\"h\")`, "pickle.load(''i'')"}},
		{"compose.yaml", "services:\n  a:\n    command: [python, -c, 'import pickle; pickle.load(f)']\n  b:\n    entrypoint:\n      - python\n      - -c\n      - |\n        import pickle\n        pickle.load(g)\n  c:\n    command: [\"sh\", \"-c\", \"python -c 'import pickle; pickle.load(h)'\"]\n", []string{"pickle.load(f)", "pickle.load(g)", "pickle.load(h)"}},
		{"pod.yaml", "spec:\n  containers:\n  - image: python\n    command:\n    - python\n    args:\n    - -c\n    - import pickle; pickle.load(f)\n", []string{"pickle.load(f)"}},
		{"argo.yaml", "script:\n  image: python\n  command: [python]\n  source: |\n    import pickle\n    pickle.load(f)\n", []string{"pickle.load(f)"}},
		{"sam.yaml", "Properties:\n  Runtime: python3.12\n  Code:\n    ZipFile: |\n      import pickle\n      pickle.load(f)\n", []string{"pickle.load(f)"}},
		{"map.yaml", "data:\n  run.py: |\n    import pickle\n    pickle.load(f)\n  run.txt: |\n    import pickle\n    pickle.load(g)\n", []string{"pickle.load(f)"}},
		{"helm.yaml", "{{- if .Values.x }}\ncommand: [\"python\", \"-c\", \"import pickle; pickle.load(f)\"]\n{{- end }}\n", []string{"pickle.load(f)"}},
		{"package.json", `{"scripts": {"x": "python -c \"import pickle; pickle.load(f)\"", "y": ["python", "-c", "import pickle\npickle.load(g)"]}}`, []string{"pickle.load(f)", "pickle.load(g)"}},
		{"tox.ini", "[testenv]\ncommands =\n    {envpython} -c 'import pickle; pickle.load(f)'\n", []string{"pickle.load(f)"}},
		{"pyproject.toml", "[tool.x]\ncmd = \"python -c 'import pickle; pickle.load(f)'\"\n", []string{"pickle.load(f)"}},
		{"Jenkinsfile", "stage('x') {\n  sh \"python -c 'import pickle; pickle.load(f)'\"\n}\n", []string{"pickle.load(f)"}},
		{"a.txt", dq, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := inCommands(t, tt.name, tt.src); !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", tt.src, got, tt.want)
			}
		})
	}
}

// A comment of the file justifies as one of the Python does.
func TestJustifiedCommands(t *testing.T) {
	const directive = `# picklelint:trust boundary=build reason="made by make tables, shipped in the image"`
	for _, tt := range []struct {
		name, src  string
		suppressed []bool
	}{
		{"a.sh", directive + "\npython -c 'import pickle; pickle.load(f)'\npython -c 'import pickle; pickle.load(g)'\n", []bool{true, false}},
		{"a.sh", directive + "\n\npython -c 'import pickle; pickle.load(f)'\n", []bool{false}},
		{"a.sh", directive + "\npython -c 'import pickle; pickle.load(f)' | python -c 'import pickle; pickle.load(f)'\n", []bool{true, false}},
		{"a.sh", "python - <<EOF\nimport pickle\n" + directive + "\npickle.load(f)\nEOF\n", []bool{true}},
		{"ci.yml", "steps:\n" + directive + "\n- run: |\n    python -c 'import pickle; pickle.load(f)'\n", []bool{true}},
		{"Dockerfile", directive + "\nRUN a && \\\n  python -c 'import pickle; pickle.load(f)'\n", []bool{true}},
	} {
		res := scan(tt.name, tt.src)
		var got []bool
		for _, f := range res.Findings {
			got = append(got, f.Suppressed)
			if f.Suppressed && !strings.HasPrefix(strings.Split(tt.src, "\n")[f.Justification.Line-1], "# picklelint") {
				t.Errorf("%q: the justification is on line %d", tt.src, f.Justification.Line)
			}
		}
		if !slices.Equal(got, tt.suppressed) {
			t.Errorf("%q: suppressed %v, want %v: %+v", tt.src, got, tt.suppressed, res.Findings)
		}
	}
	// One that excuses nothing is told.
	res := scan("a.sh", directive+"\npython -c 'import pickle; x = 1'\n")
	if len(res.Findings) != 1 || res.Findings[0].Name != "dead-justification" || res.Findings[0].Line != 1 {
		t.Errorf("%+v", res.Findings)
	}
}

// Equal commands are different findings.
func TestFingerprintsOfCommands(t *testing.T) {
	res := scan("a.sh", strings.Repeat("python -c 'import pickle; pickle.load(f)'\n", 2))
	if len(res.Findings) != 2 || res.Findings[0].Fingerprint == res.Findings[1].Fingerprint {
		t.Errorf("%+v", res.Findings)
	}
}

func FuzzCommands(f *testing.F) {
	for _, seed := range []string{
		"python -c 'import pickle; pickle.load(f)'", "RUN [\"python\", \"-c\", \"import pickle; pickle.load(f)\"]", "a:\n- run: |\n    python - <<-'E'\n    import pickle; pickle.load(f)\n    E\n",
		`x="$(python -c "import pickle; pickle.load(f)")"`, "a: 'python -c \"import pickle; pickle.load(''f'')\"'", `{"a": "python -c 'import pickle; pickle.load(f)'"}`,
	} {
		for _, name := range []string{"a.sh", "Makefile", "Dockerfile", "a.yml", "package.json", "tox.ini"} {
			f.Add(name, seed)
		}
	}
	f.Fuzz(func(t *testing.T, name, src string) {
		for _, finding := range scan(name, src).Findings {
			if finding.Line < 1 || finding.Column < 1 || finding.Offset < 0 || int(finding.Offset) > len(src) || finding.EndLine < finding.Line {
				t.Errorf("%+v", finding.Location)
			}
		}
	})
}
