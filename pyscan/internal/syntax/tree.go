package syntax

import (
	"errors"
	"time"
)

// Errors of [Parse]. A syntax error is none of them: it is part of the tree.
var (
	// ErrNoCgo: this program was built without cgo and has no Python parser.
	ErrNoCgo = errors.New("built without cgo: no Python parser")
	// ErrTimeout: the parser did not finish within its time.
	ErrTimeout = errors.New("the parser ran out of time")
	// ErrTooLarge: the source is longer than [MaxSource].
	ErrTooLarge = errors.New("the source is too large to parse")
	// ErrTooDense: the source has more than [MaxTokens] tokens.
	ErrTooDense = errors.New("the source has too many tokens to parse")
)

// MaxSource bounds a source, in bytes.
const MaxSource = 1 << 20

// MaxTokens bounds the tokens of a source, roughly counted. Each takes up to 450 bytes
// of memory (a run of minus signs, which nest), so this keeps a parse below 250 MB. Of
// ordinary source a token has four or five bytes, and MaxSource is the bound.
const MaxTokens = 500_000

// tokens counts what may be tokens: words, and bytes of punctuation. In strings and
// comments it counts too many, but for escapes.
func tokens(src []byte) int {
	n := 0
	before := false
	for _, b := range src {
		word := b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
		if word && !before || !word && b > ' ' && b != '\\' {
			n++
		}
		before = word
	}
	return n
}

// Budget is how long a source of n bytes may take: ordinary source is parsed at
// several megabytes a second, and junk, on which error recovery works hardest,
// would take ten seconds and more.
func Budget(n int) time.Duration {
	return 2*time.Second + time.Duration(n)*time.Second/(1<<20)
}

// Index names a node of a tree by its place in [Tree.Nodes].
type Index = int32

// None is the index of no node.
const None Index = -1

// Tree is a parsed file. It is immutable.
type Tree struct {
	// Source is what was parsed.
	Source []byte
	// Nodes are the named nodes and those the parser made up, in preorder:
	// a node's descendants stand directly behind it, up to its After.
	Nodes []Node
	// Broken are the ERROR and MISSING nodes, in order.
	Broken []Index
}

// Node is one node. Positions are byte offsets into the source.
type Node struct {
	Start, End uint32
	// Parent is None for the root.
	Parent Index
	// After is the index behind the last descendant.
	After Index
	Kind  Kind
	// Field is what the node is to its parent, or NoField.
	Field Field
	// Missing: the parser put the node in where the source lacks it.
	Missing bool
}

// Text returns the source of node i.
func (t *Tree) Text(i Index) []byte { return t.Source[t.Nodes[i].Start:t.Nodes[i].End] }

// Kind returns the kind of node i, and Other for None.
func (t *Tree) Kind(i Index) Kind {
	if i == None {
		return Other
	}
	return t.Nodes[i].Kind
}

// Unwrap takes the parentheses off an expression.
func (t *Tree) Unwrap(i Index) Index {
	for t.Kind(i) == ParenthesizedExpression {
		inner := t.First(i)
		if inner == None {
			break
		}
		i = inner
	}
	return i
}

// Parent returns the parent of node i, or None.
func (t *Tree) Parent(i Index) Index { return t.Nodes[i].Parent }

// First returns the first child of node i that is no comment, or None.
func (t *Tree) First(i Index) Index { return t.skipComments(i, i+1) }

// Next returns the next sibling of node i that is no comment, or None.
func (t *Tree) Next(i Index) Index {
	parent := t.Nodes[i].Parent
	if parent == None {
		return None
	}
	return t.skipComments(parent, t.Nodes[i].After)
}

func (t *Tree) skipComments(parent, i Index) Index {
	for i < t.Nodes[parent].After {
		if t.Nodes[i].Kind != Comment {
			return i
		}
		i = t.Nodes[i].After
	}
	return None
}

// Child returns the first child of node i in that field, or None.
func (t *Tree) Child(i Index, f Field) Index {
	for c := t.First(i); c != None; c = t.Next(c) {
		if t.Nodes[c].Field == f {
			return c
		}
	}
	return None
}

// Contains reports whether node j is i or one of its descendants.
func (t *Tree) Contains(i, j Index) bool { return i <= j && j < t.Nodes[i].After }
