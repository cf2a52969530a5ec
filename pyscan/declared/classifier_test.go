package declared

import "testing"

func TestClassifiers(t *testing.T) {
	const py = "x.py"
	for _, tt := range []struct {
		name, file, text, want string
	}{
		{"pyproject", "pyproject.toml", "[project]\nclassifiers = ['License :: X', 'Programming Language :: Python :: 3.10', 'Programming Language :: Python :: 3.6']\n", "Programming Language :: Python :: 3.6 (pyproject.toml)"},
		{"requires-python speaks", "pyproject.toml", "[project]\nclassifiers = ['Programming Language :: Python :: 3.6']\nrequires-python = '>=3.8'\n", "Python>=3.8 (pyproject.toml)"},
		{"no minor version", "pyproject.toml", "[project]\nclassifiers = ['Programming Language :: Python :: 3', 'Programming Language :: Python :: 3 :: Only', 'Programming Language :: Python :: x.y']\n", ""},
		{"poetry", "pyproject.toml", "[tool.poetry]\nclassifiers = ['Programming Language :: Python :: 3.7']\n", "Programming Language :: Python :: 3.7 (pyproject.toml)"},
		{"poetry's dependency speaks", "pyproject.toml", "[tool.poetry]\nclassifiers = ['Programming Language :: Python :: 3.7']\n[tool.poetry.dependencies]\npython = '^3.9'\n", "Python^3.9 (pyproject.toml)"},
		{"setup.cfg", "setup.cfg", "[metadata]\nclassifiers =\n    Programming Language :: Python :: 3.8\n    Programming Language :: Python :: 2.7\n", "Programming Language :: Python :: 2.7 (setup.cfg)"},
		{"another section", "setup.cfg", "[options]\nclassifiers =\n    Programming Language :: Python :: 3.8\n", ""},
		{"setup.py", "setup.py", "setup(classifiers=['Programming Language :: Python :: 3.5', 'Programming Language :: Python :: 3.11'])", "Programming Language :: Python :: 3.5 (setup.py)"},
		{"python_requires speaks", "setup.py", "setup(python_requires='>=3.9', classifiers=['Programming Language :: Python :: 3.5'])", "Python>=3.9 (setup.py)"},
	} {
		p := project(tree(tt.file, tt.text, py, ""))
		if got := say(p.Of(py, Python)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
