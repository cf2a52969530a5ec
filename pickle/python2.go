package pickle

// beginPython2 sets the machine to Python 2.7.
func (m *machine) beginPython2() {}

func (o *Options) othersPython2(set LoaderSet) []Options { return nil }
