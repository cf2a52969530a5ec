package blob

// Source says what the Python source of a project binds to names. Whoever reads
// source implements it; what follows from it is decided here.
type Source interface {
	// Define says what module binds to the walk of attributes, or returns nil
	// where that is not known. It may be called by several goroutines at once.
	Define(module string, walk []string) *Definition
}

// Definition is what source says of a global: facts, no verdict. Names in it are
// dotted, and those of builtins begin with "builtins.".
type Definition struct {
	// Path and Line are where it stands.
	Path string
	Line int
	Kind DefinitionKind
	// Sure: nothing else can be bound to the name, as far as its module and the
	// files in reach go.
	Sure bool
	// Names, of an Imported, are what it may stand for.
	Names []string
	// Bases, of a Class, are the classes outside the source in reach on which it
	// stands, and Decorators what decorates it and the classes in between.
	Bases, Decorators []string
	// Open: there is something about the class that is not understood, such as a
	// metaclass, an attribute that may be a descriptor, or a base that is computed.
	Open bool
	// Methods, of a Class, are those that Python or a loader calls by itself, its
	// own and inherited ones; of a Function, its body as the only one.
	Methods []Method
}

// DefinitionKind says what a name is bound to.
type DefinitionKind uint8

// The kinds.
const (
	Class DefinitionKind = iota + 1
	Function
	// Imported: it stands for something outside the source in reach.
	Imported
)

// Method is one function of a class.
type Method struct {
	Name, Path string
	Line       int
	// Calls are the names of what it calls outside the source in reach, by way of
	// the functions of the project that it calls too.
	Calls []string
	// Opaque: it also calls something that has no name.
	Opaque bool
}
