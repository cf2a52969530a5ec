package declared

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// tree makes a tree of files from their names and texts, in turn.
func tree(files ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return m
}

func project(t fs.FS) *Project { return &Project{Trees: []Tree{{FS: t}}} }

// say writes what is declared: the text and the place.
func say(v Version, ok bool) string {
	if !ok {
		return ""
	}
	return v.Text + " (" + v.Where + ")"
}

func TestFormats(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             string // of torch
		lowest           string
	}{
		{"dependencies", "pyproject.toml", "[project]\nname = 'x'\ndependencies = [\n  \"numpy\", # comment, with \"quotes\"\n  'torch >= 2.6',\n]\n", "torch>=2.6 (pyproject.toml)", "2.6"},
		{"extras and markers", "pyproject.toml", "[project]\ndependencies=['Torch[opt]>=2.0,<3 ; python_version<\"3.9\"', 'torch>=2.6; python_version>=\"3.9\"']\n", "Torch>=2.0,<3 (pyproject.toml)", "2.0"},
		{"optional", "pyproject.toml", "[project.optional-dependencies]\nml = ['torch~=2.6']\n", "torch~=2.6 (pyproject.toml)", "2.6"},
		{"optional inline", "pyproject.toml", "project = {x = 1}\n[project]\noptional-dependencies = {ml = ['torch~=2.6']}\n", "torch~=2.6 (pyproject.toml)", "2.6"},
		{"group", "pyproject.toml", "[dependency-groups]\ndev = [{include-group = 'test'}, 'torch==2.7.*']\n", "torch==2.7.* (pyproject.toml)", "2.7"},
		{"unbounded and an extra", "pyproject.toml", "[project]\ndependencies = ['torch']\n[project.optional-dependencies]\ndev = ['torch>=2.6']\n", "", ""},
		{"poetry", "pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.9'\ntorch = '^2.6'\n", "torch^2.6 (pyproject.toml)", "2.6"},
		{"poetry table", "pyproject.toml", "[tool.poetry.dependencies]\ntorch = {version = '>=2.5,<3', extras = ['x']}\n", "torch>=2.5,<3 (pyproject.toml)", "2.5"},
		{"poetry own table", "pyproject.toml", "[tool.poetry.dependencies.torch]\nversion = '2.5.1'\nsource = 'gpu'\n", "torch 2.5.1 (pyproject.toml)", "2.5.1"},
		{"poetry choices", "pyproject.toml", "[tool.poetry.dependencies]\ntorch = [{version = '2.7', python='>=3.9'}, {version='1.13', python='<3.9'}]\n", "torch 1.13 (pyproject.toml)", "1.13"},
		{"poetry group", "pyproject.toml", "[tool.poetry.group.dev.dependencies]\ntorch = '*'\n[tool.poetry.group.ml.dependencies]\n'torch' = '~2.6.1'\n", "", ""},
		{"uv constraint", "pyproject.toml", "[tool.uv]\nconstraint-dependencies = ['torch>=2.6']\n[project]\ndependencies=['torch']\n", "torch>=2.6 (pyproject.toml)", "2.6"},
		{"pixi", "pyproject.toml", "[tool.pixi.dependencies]\ntorch = {version = '2.6.*', build = 'x'}\n", "torch 2.6.* (pyproject.toml)", "2.6"},
		{"pixi and PyPI", "pyproject.toml", "[tool.pixi.pypi-dependencies]\ntorch = '>=2.6'\nnumpy = {git = 'x'}\n", "torch>=2.6 (pyproject.toml)", "2.6"},
		{"a URL", "pyproject.toml", "[project]\ndependencies=['torch @ https://example.org/torch-2.7-py3.whl']\n", "", ""},
		{"poetry.lock", "poetry.lock", "[[package]]\nname = \"torch\"\nversion = \"2.7.1\"\n[package.dependencies]\nversion = '1'\nname = 'x'\n[[package]]\nname = 'numpy'\nversion = '1.26'\n[metadata]\ncontent-hash = 'x'\n", "torch 2.7.1 (poetry.lock)", "2.7.1"},
		{"uv.lock", "uv.lock", "version = 1\n[[package]]\nname = 'torch'\nversion = '2.7.0+cu126'\nwheels = [\n { url = 'https://x/torch-2.7.0.whl', size = 12 },\n]\n[[package]]\nname = 'torch'\nversion = '2.2.2'\n", "torch 2.2.2 (uv.lock)", "2.2.2"},
		{"pdm.lock", "pdm.lock", "[[package]]\nversion = '2.6.0'\nname = 'torch'\n", "torch 2.6.0 (pdm.lock)", "2.6.0"},
		{"pylock.toml", "pylock.toml", "lock-version = '1.0'\n[[packages]]\nname = 'torch'\nversion = '2.6.0'\n[[packages.wheels]]\nname = 'torch-2.6.0.whl'\n", "torch 2.6.0 (pylock.toml)", "2.6.0"},
		{"named pylock", "pylock.ml.toml", "[[packages]]\nname = 'torch'\nversion = '2.6.0'\n", "torch 2.6.0 (pylock.ml.toml)", "2.6.0"},
		{"Pipfile.lock", "Pipfile.lock", `{"_meta": {"requires": {}}, "default": {"torch": {"version": "==2.6.0", "hashes": []}}, "develop": {"torch": {"version": "==2.5.0"}}}`, "torch 2.5.0 (Pipfile.lock)", "2.5.0"},
		{"Pipfile", "Pipfile", "[packages]\ntorch = '>=2.6'\nnumpy = {version = '*'}\n", "torch>=2.6 (Pipfile)", "2.6"},
		{"requirements", "requirements.txt", "# torch==1.0\n--index-url https://x\n-e .\ngit+https://x/torch@v1#egg=torch\n./torch-1.0.whl\ntorch==2.6.0+cu124 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\nnumpy\n", "torch==2.6.0+cu124 (requirements.txt)", "2.6.0+cu124"},
		{"requirements comment", "requirements-dev.txt", "torch>=2.6 # not torch>=1\n", "torch>=2.6 (requirements-dev.txt)", "2.6"},
		{"requirements in", "requirements.in", "TORCH >=2.6,\\\n<3\r\n", "TORCH>=2.6,<3 (requirements.in)", "2.6"},
		{"requirements folder", "requirements/base.txt", "torch (>=2.6)\n", "torch>=2.6 (requirements/base.txt)", "2.6"},
		{"constraints", "constraints.txt", "torch===2.6.0\n", "torch===2.6.0 (constraints.txt)", "2.6.0"},
		{"UTF-16", "requirements.txt", "\xff\xfet\x00o\x00r\x00c\x00h\x00=\x00=\x002\x00.\x006\x00\n\x00", "torch==2.6 (requirements.txt)", "2.6"},
		{"UTF-8 mark", "requirements.txt", "\ufefftorch==2.6", "torch==2.6 (requirements.txt)", "2.6"},
		{"only an upper end", "requirements.txt", "torch<2.6\n", "torch<2.6 (requirements.txt)", ""},
		{"setup.cfg", "setup.cfg", "[metadata]\nname = x\n[options]\npython_requires = >=3.8\ninstall_requires =\n    numpy\n    # torch>=1\n    torch>=2.6 ; sys_platform == 'linux'\n[flake8]\n", "torch>=2.6 (setup.cfg)", "2.6"},
		{"setup.cfg extras", "setup.cfg", "[options.extras_require]\nml = torch>=2.6\n", "torch>=2.6 (setup.cfg)", "2.6"},
		{"setup.py", "setup.py", "from setuptools import setup\nsetup(name='x',\n  install_requires=[\n   'numpy',  # 'torch>=1'\n   \"torch>=2.6\",\n  ], extras_require={'a': ['x>=1']})\n", "torch>=2.6 (setup.py)", "2.6"},
		{"setup.py extras", "setup.py", "setup(extras_require={'torch': ['torch>=2.6'], 'all': ['torch>=2.5']})\n", "torch>=2.5 (setup.py)", "2.5"},
		{"setup.py by name", "setup.py", "REQS = ['torch>=2.6']\nOTHER = ['torch>=1.0']\nsetup(install_requires=REQS)\n", "torch>=2.6 (setup.py)", "2.6"},
		{"setup.py dictionary", "setup.py", "setup(**{'install_requires': ['torch>=2.6']})\n", "torch>=2.6 (setup.py)", "2.6"},
		{"setup.py computed", "setup.py", "setup(install_requires=open('r').read().split())\nx = 'torch>=2.6'\n", "", ""},
		{"environment", "environment.yml", "name: x\nchannels: [conda-forge]\ndependencies:\n  - python=3.11\n  - conda-forge::pytorch=2.6.0=py3.11_cuda\n  - pip:\n    - torch==2.7\n", "torch==2.7 (environment.yml)", "2.7"},
		{"conda-lock", "conda-lock.yml", "version: 1\nmetadata:\n  name: x\npackage:\n- name: numpy\n  version: 1.26.4\n  manager: conda\n  dependencies:\n    torch: '>=1'\n- name: torch\n  version: 2.6.0\n  manager: pip\n", "torch 2.6.0 (conda-lock.yml)", "2.6.0"},
		{"malformed version", "requirements.txt", "torch==latest\n", "", ""},
		{"other names", "requirements.txt", "torchvision==2.6\npytorch-torch==1\ntorch-scatter>=2.0\n", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, ok := project(tree(tt.file, tt.text, "a/b.py", "")).Of("a/b.py", "torch")
			if got := say(v, ok); got != tt.want {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			lowest := ""
			if ok && v.Range.Lowest != nil {
				lowest = v.Range.Lowest.String()
			}
			if lowest != tt.lowest {
				t.Errorf("the oldest is %q, want %q", lowest, tt.lowest)
			}
		})
	}
}

func TestPython(t *testing.T) {
	for file, text := range map[string]string{
		"pyproject.toml":  "[project]\nrequires-python = '>=3.8'\n",
		"setup.cfg":       "[options]\npython_requires = >=3.8\n",
		"setup.py":        "setup(python_requires='>=3.8')\n",
		"Pipfile":         "[requires]\npython_version = '3.8'\n",
		"environment.yml": "dependencies:\n- python=3.8\n",
	} {
		v, ok := project(tree(file, text)).Of("x.py", Python)
		if !ok || v.Range.Lowest == nil || v.Range.Lowest.String() != "3.8" {
			t.Errorf("%s: %+v, %v", file, v, ok)
		}
	}
	if v, ok := project(tree("pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.9'\n")).Of("x.py", Python); say(v, ok) != "Python^3.9 (pyproject.toml)" {
		t.Errorf("poetry: %+v", v)
	}
}

func TestCondaSpecs(t *testing.T) {
	for spec, want := range map[string]string{
		"pytorch=2.6":                 "[2.6,2.7",
		"pytorch==2.6.0":              "[2.6.0,2.6.0",
		"pytorch=2.6.0=py3_cuda":      "[2.6.0,2.6.0",
		"pytorch >=2.1,<3":            "[2.1,3",
		"pytorch >= 2.1, <3":          "[2.1,3",
		"pytorch 2.6.* py3*":          "[2.6,2.7",
		"pytorch::pytorch>=2.6 # why": "[2.6,",
		"pytorch[version='>=2.6,<3']": "[2.6,3",
		"pytorch":                     "[,",
		"pytorch=1.1.1w":              "[,",
	} {
		var c collected
		c.condaSpec(spec)
		if len(c.mentions) != 1 || c.mentions[0].library != "pytorch" {
			t.Errorf("%q: %+v", spec, c.mentions)
			continue
		}
		got := "["
		if r := c.mentions[0].versions; r.Lowest != nil {
			got += r.Lowest.String()
		}
		got += ","
		if r := c.mentions[0].versions; r.Highest != nil {
			got += r.Highest.String()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", spec, got, want)
		}
	}
}

func TestPrecedence(t *testing.T) {
	const py = "pkg/sub/x.py"
	otherwise := map[string]Version{"Torch": {Text: "torch 2.0", Where: ".pickle-lint.yml"}}
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"nothing", nil, "torch 2.0 (.pickle-lint.yml)"},
		{"unbounded", []string{"requirements.txt", "torch\n"}, "torch 2.0 (.pickle-lint.yml)"},
		{"a lock before ranges", []string{"pyproject.toml", "[project]\ndependencies=['torch>=2.0']", "uv.lock", "[[package]]\nname='torch'\nversion='2.7'"}, "torch 2.7 (uv.lock)"},
		{"requirements.lock", []string{"requirements.txt", "torch>=2.0", "requirements.lock", "-e file:.\ntorch==2.7.0\n    # via x\n"}, "torch==2.7.0 (requirements.lock)"},
		{"named by setuptools", []string{"pyproject.toml", "[tool.setuptools.dynamic]\ndependencies = {file = ['reqs/base.txt', '../../up.txt']}", "reqs/base.txt", "torch>=2.6"}, "torch>=2.6 (reqs/base.txt)"},
		{"named by setup.cfg", []string{"setup.cfg", "[options]\ninstall_requires = file: reqs/a.txt, reqs/base.txt\n", "reqs/base.txt", "torch>=2.6", "reqs/a.txt", ""}, "torch>=2.6 (reqs/base.txt)"},
		{"the nearest", []string{"uv.lock", "[[package]]\nname='torch'\nversion='2.7'", "pkg/requirements.txt", "torch>=2.1"}, "torch>=2.1 (pkg/requirements.txt)"},
		{"beside the file", []string{"pkg/requirements.txt", "torch>=2.1", "pkg/sub/requirements.txt", "torch>=2.2"}, "torch>=2.2 (pkg/sub/requirements.txt)"},
		{"unbounded near", []string{"uv.lock", "[[package]]\nname='torch'\nversion='2.7'", "pkg/pyproject.toml", "[project]\ndependencies=['torch']"}, "torch 2.7 (uv.lock)"},
		{"the lowest of several", []string{"requirements.txt", "torch>=2.6", "setup.cfg", "[options]\ninstall_requires = torch>=2.2"}, "torch>=2.2 (setup.cfg)"},
		{"not from elsewhere", []string{"other/requirements.txt", "torch>=2.6", "pkg/sub/deeper/requirements.txt", "torch>=2.6"}, "torch 2.0 (.pickle-lint.yml)"},
		{"a constraint", []string{"requirements.txt", "torch\n-c limits/versions.txt", "limits/versions.txt", "torch==2.6.0\n-r ../more.txt\n", "more.txt", "torch==2.5\n-r requirements.txt\n-r https://x/y.txt\n-r /etc/passwd\n-r ../../up.txt"}, "torch==2.5 (more.txt)"},
		{"only for the docs", []string{"requirements.txt", "torch\n", "requirements-docs.txt", "torch>=2.6\n"}, "torch 2.0 (.pickle-lint.yml)"},
		{"for the docs, too", []string{"requirements.txt", "torch>=2.5\n", "requirements-docs.txt", "torch>=2.6\n"}, "torch>=2.5 (requirements.txt)"},
		{"an extra and the rest", []string{"setup.py", "setup(install_requires=['torch'], extras_require={'x': ['torch>=2.6']})"}, "torch 2.0 (.pickle-lint.yml)"},
	}
	for _, tt := range tests {
		p := project(tree(append(tt.files, py, "")...))
		p.Otherwise = otherwise
		if got := say(p.Of(py, "torch")); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if len(p.Troubles()) > 0 {
			t.Errorf("%s: %v", tt.name, p.Troubles())
		}
	}
}

func TestOtherNamesAndTrees(t *testing.T) {
	p := &Project{
		Trees: []Tree{
			{Prefix: "/elsewhere", FS: tree("requirements.txt", "pytorch==2.5")},
			{FS: tree("requirements.txt", "torch>=2.6\nruamel_yaml==0.18\n")},
		},
		Libraries: []string{"torch", "pytorch"},
	}
	if got := say(p.Of("/elsewhere/a/x.py", "torch", "PyTorch")); got != "pytorch==2.5 (/elsewhere/requirements.txt)" {
		t.Errorf("outside: %q", got)
	}
	if got := say(p.Of("x.py", "torch", "pytorch")); got != "torch>=2.6 (requirements.txt)" {
		t.Errorf("inside: %q", got)
	}
	for _, file := range []string{"/elsewhereelse/x.py", "../x.py", "/x.py"} {
		if got := say(p.Of(file, "torch")); got != "" {
			t.Errorf("%s: %q", file, got)
		}
	}
	if got := say(p.Of("x.py", "ruamel.yaml")); got != "" {
		t.Errorf("kept for nothing: %q", got)
	}
	if got := say((*Project)(nil).Of("x.py", "torch")); got != "" {
		t.Errorf("nil: %q", got)
	}
	q := project(tree("requirements.txt", "ruamel_yaml==0.18"))
	if got := say(q.Of("x.py", "Ruamel.YAML")); got != "ruamel_yaml==0.18 (requirements.txt)" {
		t.Errorf("another spelling: %q", got)
	}
}

func TestScript(t *testing.T) {
	const head = "#!/usr/bin/env -S uv run\n"
	tests := []struct {
		source string
		want   string
		named  bool
	}{
		{head + "# /// script\n# requires-python = \">=3.11\"\n# dependencies = [\n#   \"torch>=2.6\",\n# ]\n# ///\nimport torch\n", "torch>=2.6 (the header of the script)", true},
		{"# /// script\n# dependencies = ['torch']\n# ///\n", "", true},
		{"# /// script\n# dependencies = ['numpy']\n# ///\n", "", false},
		{"# /// script\n# dependencies = ['torch>=2.6']\n", "", false},
		{"# /// script\n#\n# dependencies = ['torch>=2.6']\r\n# ///\r\n", "torch>=2.6 (the header of the script)", true},
		{"x = 1 # /// script\n# dependencies = ['torch>=2.6']\n# ///\n", "", false},
		{"# /// pyproject\n# dependencies = ['torch>=2.6']\n# ///\n", "", false},
		{"# /// script\n# dependencies = ['torch>=2.6'] # x\n# ///\n# [tool.x]\n# ///\n", "torch>=2.6 (the header of the script)", true},
		{"import torch\n", "", false},
	}
	for _, tt := range tests {
		h, err := Script([]byte(tt.source))
		v, known, named := h.Of("torch")
		if got := say(v, known); got != tt.want || named != tt.named {
			t.Errorf("%q: %q, %v (%v)", tt.source, got, named, err)
		}
	}
	if _, err := Script([]byte("# /// script\n# dependencies = [\n# ///\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a broken header: %v", err)
	}
}
